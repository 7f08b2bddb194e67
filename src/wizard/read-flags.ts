import { profileValueProblem } from '../config/index.ts';
import { usageError } from '../errors/index.ts';
import { SLOTS, type GivenAnswers, type KeyAnswer, type SlotAnswers } from './answers.ts';
import { readKeyFrom } from './read-key.ts';
import { profileNames, type Wizard } from './wizard.ts';

/** The flags of `profile add` and `profile edit` that answer questions. */
export interface ProfileFlags {
  readonly provider?: string | undefined;
  readonly 'provider-type'?: string | undefined;
  readonly 'base-url'?: string | undefined;
  readonly option?: readonly string[] | undefined;
  readonly 'api-key-env'?: string | undefined;
  readonly 'api-key-stdin': boolean;
  readonly keyring: boolean;
  readonly model?: string | undefined;
  readonly haiku?: string | undefined;
  readonly sonnet?: string | undefined;
  readonly opus?: string | undefined;
  readonly backup?: readonly string[] | undefined;
}

/** Checks the flags and reads the key from `stdin` when they say so. Throws a usage error for what cannot be meant. */
export async function readFlags(
  flags: ProfileFlags,
  wizard: Pick<Wizard, 'registry' | 'loaded'>,
  stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean },
): Promise<GivenAnswers> {
  checkWords(flags, wizard);
  const { provider, 'provider-type': providerType, 'base-url': baseUrl, model, backup: backups } = flags;
  const options = optionsFrom(flags.option);
  const key = await readKey(flags, stdin);
  return {
    ...(provider !== undefined && { provider }),
    ...(providerType !== undefined && { providerType }),
    ...(baseUrl !== undefined && { baseUrl: baseUrl.replace(/\/+$/, '') }),
    ...(options && { options }),
    ...(model !== undefined && { model }),
    ...(backups !== undefined && { backups: backups.filter((name) => name !== '') }),
    ...(key !== undefined && { key }),
    slots: slotsOf(flags),
    keyring: flags.keyring,
  };
}

/** Reads `name=value` pairs; an empty value takes an option away. */
function optionsFrom(pairs: readonly string[] | undefined): { readonly [name: string]: string } | undefined {
  if (pairs === undefined) return undefined;
  return Object.fromEntries(
    pairs.map((pair) => {
      const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(pair) ?? [];
      if (name !== undefined && value !== undefined) return [name, value.trim()];
      throw usageError(
        'flag-unusable',
        `--option: ${JSON.stringify(pair)} is not name=value`,
        'Write it like region=us.',
      );
    }),
  );
}

function slotsOf(flags: ProfileFlags): SlotAnswers {
  return Object.fromEntries(SLOTS.flatMap((slot) => (flags[slot] === undefined ? [] : [[slot, flags[slot]]])));
}

/** On a terminal a key is asked for, so that it is not shown. */
async function readKey(
  flags: ProfileFlags,
  stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean },
): Promise<KeyAnswer | undefined> {
  const { 'api-key-env': variable, 'api-key-stdin': fromStdin, keyring } = flags;
  if (variable !== undefined && (fromStdin || keyring)) {
    throw usageError(
      'flags-contradict',
      '--api-key-env says that the key is in a variable, so --api-key-stdin and --keyring cannot be meant',
      'Leave one of them out.',
    );
  }
  if (variable !== undefined) return { from: 'variable', variable };
  if (!fromStdin || stdin.isTTY === true) return undefined;
  return { from: keyring ? 'keyring' : 'file', secret: await readKeyFrom(stdin) };
}

function checkWords(flags: ProfileFlags, { registry, loaded }: Pick<Wizard, 'registry' | 'loaded'>): void {
  for (const [flag, key] of CHECKED) {
    const value = flags[flag];
    const problem = value === undefined ? undefined : profileValueProblem(key, value);
    if (problem !== undefined) throw usageError('flag-unusable', `--${flag}: ${problem}`, 'Correct the flag.');
  }
  oneOf('provider', flags.provider, [...registry.providers.keys()]);
  const types = [...registry.protocols.values()].flatMap(({ providerTypes }) => providerTypes);
  oneOf('provider-type', flags['provider-type'], types);
  for (const backup of flags.backup ?? []) oneOf('backup', backup || undefined, profileNames({ loaded }));
}

const CHECKED = [
  ['base-url', 'base_url'],
  ['api-key-env', 'api_key_env'],
  ['model', 'default_model'],
  ['haiku', 'default_model'],
  ['sonnet', 'default_model'],
  ['opus', 'default_model'],
] as const;

function oneOf(flag: string, value: string | undefined, known: readonly string[]): void {
  if (value === undefined || known.includes(value)) return;
  throw usageError(
    'flag-unusable',
    `--${flag}: there is no "${value}"`,
    known.length === 0 ? `Leave --${flag} out.` : `Known are: ${known.join(', ')}.`,
  );
}
