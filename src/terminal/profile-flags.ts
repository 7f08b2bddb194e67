import * as Flags from '@oclif/core/flags';
import { usageError } from '../errors/index.ts';

/** What can be said about a profile on the command line, when it is added and when it is changed. */
export const profileFlags = {
  provider: Flags.string({
    helpValue: 'ID',
    description: 'a provider that a plugin brings; it knows address and models',
  }),
  'provider-type': Flags.string({
    helpValue: 'TYPE',
    description: 'protocol: OpenAICompatible, OpenAIResponses, DirectAnthropic, GoogleGemini, or one of a plugin',
  }),
  'base-url': Flags.string({ helpValue: 'URL', description: 'where the provider is, as http:// or https:// address' }),
  option: Flags.string({
    helpValue: 'NAME=VALUE',
    multiple: true,
    multipleNonGreedy: true,
    description: 'what only this provider has, such as region=china; may be given more than once',
  }),
  'api-key-env': Flags.string({
    helpValue: 'VARIABLE',
    description: 'environment variable that holds the key; only its name is stored',
  }),
  'api-key-stdin': Flags.boolean({ description: 'read the key from the standard input' }),
  keyring: Flags.boolean({ description: 'keep the key in the system keyring; where there is none, in a private file' }),
  // Whoever tries it is told why that is not done.
  'api-key': Flags.string({ hidden: true, parse: refuseKey }),
  model: Flags.string({ char: 'm', helpValue: 'MODEL', description: 'model for requests that name none' }),
  haiku: Flags.string({ helpValue: 'MODEL', description: "model of Claude Code's small slot" }),
  sonnet: Flags.string({ helpValue: 'MODEL', description: 'model of the middle slot' }),
  opus: Flags.string({ helpValue: 'MODEL', description: 'model of the large slot' }),
  backup: Flags.string({
    helpValue: 'PROFILE',
    multiple: true,
    multipleNonGreedy: true,
    description: 'profile to fail over to; may be given more than once, in the order to try',
  }),
  yes: Flags.boolean({ char: 'y', description: 'ask nothing; save also what fails its test' }),
  'no-test': Flags.boolean({ description: 'save without a test' }),
};

/** Throws without looking at the key, which is in the shell's history by now. */
async function refuseKey(): Promise<never> {
  throw usageError(
    'key-on-command-line',
    'a key on the command line can be read by others and stays in the history of your shell; use --api-key-stdin, or --api-key-env with the name of a variable',
  );
}
