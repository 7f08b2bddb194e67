import type { Provider } from '@claudex/sdk';
import { profileValueProblem } from '../config/index.ts';
import { openSecretStore } from '../state/index.ts';
import type { Choice } from '../terminal/index.ts';
import type { KeyAnswer } from './answers.ts';
import { keyProblem } from './read-key.ts';
import type { AskingWizard, Wizard } from './wizard.ts';

/** Where the key of a new profile is, when nobody says it: undefined when somebody has to. */
export function keyByDefault(provider: Provider | undefined, keys: NodeJS.ProcessEnv): KeyAnswer | undefined {
  if (provider === undefined || !wantsKey(provider)) return { from: 'nowhere' };
  const [variable] = exportedVariables(provider, keys);
  return variable === undefined ? undefined : { from: 'variable', variable };
}

/** Asks where the key is or is to be put, and for the key itself where it is to be stored. */
export async function askKey(wizard: AskingWizard, provider: Provider | undefined): Promise<KeyAnswer> {
  const { prompts, keys } = wizard;
  if (provider?.keyPage !== undefined) wizard.note(`Keys for ${provider.title} are made at ${provider.keyPage}`);
  if (provider?.policy !== undefined) wizard.note(provider.policy);
  const choices: Choice<string>[] = [
    ...exportedVariables(provider, keys).map((name) => ({
      value: `${VARIABLE}${name}`,
      name: `Use ${name}, which is set`,
      description: 'Only its name is stored.',
    })),
    await storeChoice(wizard),
    { value: 'file', name: 'Paste it, kept in the configuration file', description: 'In clear text: not recommended.' },
    { value: VARIABLE, name: 'Name an environment variable', description: 'Only its name is stored.' },
    ...(provider === undefined || provider.needsCredential === false || provider.local === true ? [NO_KEY] : []),
  ];
  const chosen = await prompts.select({ message: 'API key', choices });
  if (chosen === 'nowhere') return { from: 'nowhere' };
  if (!chosen.startsWith(VARIABLE)) return pasteKey(wizard, chosen === 'file' ? 'file' : 'keyring');
  const variable = chosen.slice(VARIABLE.length) || (await askVariable(wizard, provider));
  return { from: 'variable', variable };
}

/** Asks for the key itself, without showing it. */
export async function pasteKey({ prompts }: AskingWizard, from: 'keyring' | 'file'): Promise<KeyAnswer> {
  const secret = await prompts.secret({ message: 'Paste the key', check: keyProblem });
  return { from, secret: secret.trim() };
}

/** Whether a provider cannot do without a key that its user has to give. */
export function wantsKey(provider: Provider): boolean {
  return provider.start === undefined && provider.needsCredential !== false;
}

const VARIABLE = '$';
const NO_KEY: Choice<string> = { value: 'nowhere', name: 'No key', description: 'As servers on this machine want it.' };

function exportedVariables(provider: Provider | undefined, keys: NodeJS.ProcessEnv): readonly string[] {
  return (provider?.keyVariables ?? []).filter((name) => keys[name]);
}

async function storeChoice({ directories, keys }: Pick<Wizard, 'directories' | 'keys'>): Promise<Choice<string>> {
  const { backend, why = '' } = await openSecretStore(directories.state, { environment: keys });
  return backend === 'keyring'
    ? { value: 'keyring', name: 'Paste it, kept in the system keyring' }
    : {
        value: 'keyring',
        name: 'Paste it, kept in a private file',
        description: `Only you can read that file (0600): ${why}.`,
      };
}

function askVariable({ prompts }: AskingWizard, provider: Provider | undefined): Promise<string> {
  const [initial] = provider?.keyVariables ?? [];
  return prompts.text({
    message: 'Name of the variable',
    check: (name) => profileValueProblem('api_key_env', name),
    ...(initial !== undefined && { initial }),
  });
}
