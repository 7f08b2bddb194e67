import { launchesWithoutProxy, type Profile } from '../../config/index.ts';
import { isClaudexError } from '../../errors/index.ts';
import { bindProfile, requireCredential, type BoundProfile } from '../../router/index.ts';
import { ok, problem, warning, type Diagnosis } from '../finding.ts';
import type { Installation } from '../installation.ts';

const KEY_SOURCES = {
  profile: 'its key stands in the configuration',
  api_key_env: 'its key comes from',
  api_key_keyring: 'its key comes from the keyring, entry',
  convention: 'its key comes from',
  started: 'needs no key',
  none: 'needs no key',
} as const satisfies { readonly [source in BoundProfile['credential']['source']]: string };

/** Whether each profile finds its provider and its key. */
export async function checkProfiles(installation: Installation): Promise<Diagnosis[]> {
  const look = await installation.configuration();
  if ('error' in look) return [];
  const { profiles } = look.loaded.values;
  if (profiles.length === 0) {
    return [
      warning('profiles', 'No profile is configured', {
        remedy: '"claudex profile add" makes one; "claudex run demo" works without.',
      }),
    ];
  }
  const enabled = profiles.filter((profile) => profile.enabled);
  const asleep =
    enabled.length > 0
      ? []
      : [
          warning('profiles', 'No profile is enabled', {
            remedy: 'Set enabled = true for one of them in the configuration.',
          }),
        ];
  const { warnings } = await installation.keys();
  const locked = warnings.map((line) =>
    warning('keyring', 'A key cannot be read from the keyring', {
      detail: line,
      remedy: 'Unlock the keyring of your system, or store the key anew with "claudex profile edit".',
    }),
  );
  const each = await Promise.all(profiles.map((profile) => examineProfile(profile, installation)));
  return [...asleep, ...locked, ...each.flat()];
}

async function examineProfile(profile: Profile, installation: Installation): Promise<Diagnosis[]> {
  const { name, enabled } = profile;
  if (launchesWithoutProxy(profile)) return [ok('key', `Profile ${name}`, 'claude logs in itself')];
  const { keys } = await installation.keys();
  try {
    const bound = bindProfile(name, await installation.values(), await installation.facts.registry(), keys);
    requireCredential(bound);
    return [whereKeyIs(bound)];
  } catch (error) {
    if (!isClaudexError(error)) throw error;
    const id = error.code.startsWith('credential-') ? 'key' : 'provider';
    const complain = enabled ? problem : warning;
    return [
      complain(id, `Profile ${name} cannot be used${enabled ? '' : ', and is not enabled'}`, {
        detail: error.message,
        ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
      }),
    ];
  }
}

function whereKeyIs({ profile, credential, provider }: BoundProfile): Diagnosis {
  const { source, variable, entry } = credential;
  const disabled = profile.enabled ? '' : ', not enabled';
  const title = `Profile ${profile.name}`;
  if (source === 'profile') {
    return warning('key', `${title} has its key in the configuration`, {
      detail: 'Whoever gets a copy of the file has the key.',
      remedy: `"claudex profile edit ${profile.name} --keyring" moves it to the keyring; api_key_env names a variable.`,
    });
  }
  const name = entry ?? (source === 'none' ? undefined : variable);
  return ok('key', title, `${provider.title}; ${[KEY_SOURCES[source], name].filter(Boolean).join(' ')}${disabled}`);
}
