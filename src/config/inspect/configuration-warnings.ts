import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Profile } from '../configuration.ts';
import { globalCandidates, projectFolderOf, projectNames } from '../discover.ts';
import { isLoopback } from '../hosts.ts';
import type { LayerOrigin, LoadedConfiguration } from '../layers.ts';
import { launchesWithoutProxy } from '../own-login.ts';
import { namesSecret } from '../secret-names.ts';
import { secretsIn } from '../secrets.ts';
import { isTable, printPath, valueAt, type Path } from '../tables.ts';
import { provenanceOf } from './provenance.ts';

/** Something that works and should not stay so. */
export interface ConfigurationWarning {
  /** `file:line:column`, a file, or the name of a variable. */
  readonly where: string;
  /** The key it is about, as people write it. */
  readonly key?: string;
  readonly message: string;
}

const OTHERS = 0o077;

/** Files that nobody reads, keys that stand readable in one, secrets that others may read, and profiles that say nothing of a key. */
export async function configurationWarnings(loaded: LoadedConfiguration): Promise<ConfigurationWarning[]> {
  const warnings: ConfigurationWarning[] = keylessProfiles(loaded);
  for (const { layer, locate } of loaded.sources) {
    if (layer.file === undefined) continue;
    warnings.push(...unreadFiles(layer.origin, layer.file));
    for (const path of plainKeys(layer.values)) {
      const message =
        'the key stands readable in the file; keep it in a variable (api_key_env) or in the keyring (api_key_keyring)';
      warnings.push({ where: locate(path), key: printPath(path, layer.values), message });
    }
    if (secretsIn(layer.values).length > 0 && (await othersMayRead(layer.file))) {
      const message = 'holds secrets, and other users of this machine may read it; run "chmod 600" on it';
      warnings.push({ where: layer.file, message });
    }
  }
  return warnings;
}

/** Files beside the one that counts, which people take for a part of the configuration. */
function unreadFiles(origin: LayerOrigin, file: string): ConfigurationWarning[] {
  if (origin !== 'global' && origin !== 'project') return [];
  const folder = projectFolderOf(file);
  const candidates =
    origin === 'global' ? globalCandidates(dirname(file)) : projectNames.map((name) => join(folder, name));
  return candidates
    .filter((other) => other !== file && existsSync(other))
    .map((other) => ({ where: other, message: `is not read, because ${file} comes first` }));
}

/** Whether a provider of a plugin has its key is for those to say who know the plugin. */
function keylessProfiles(loaded: LoadedConfiguration): ConfigurationWarning[] {
  return loaded.values.profiles.flatMap((profile, index) => {
    if (!profile.enabled || profile.provider !== undefined || showsCredential(profile)) return [];
    const path = ['profiles', index];
    const where = provenanceOf(loaded, path)?.where ?? 'configuration';
    const message = 'names no key; right only if its server wants none';
    return [{ where, key: printPath(path, loaded.values), message }];
  });
}

function showsCredential(profile: Profile): boolean {
  if (launchesWithoutProxy(profile)) return true;
  const { api_key, api_key_env, api_key_keyring, auth_type, base_url, custom_headers, query_params } = profile;
  if (api_key || api_key_env || api_key_keyring || auth_type === 'oauth') return true;
  if (base_url !== undefined && isLoopback(new URL(base_url).hostname)) return true;
  return [...Object.keys(custom_headers), ...Object.keys(query_params)].some((name) => namesSecret(name));
}

function plainKeys(values: unknown): Path[] {
  const profiles = valueAt(values, ['profiles']);
  return (Array.isArray(profiles) ? profiles : []).flatMap((profile: unknown, index): Path[] => {
    const key = isTable(profile) ? profile['api_key'] : undefined;
    return typeof key === 'string' && key !== '' ? [['profiles', index, 'api_key']] : [];
  });
}

async function othersMayRead(file: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  try {
    return ((await stat(file)).mode & OTHERS) !== 0;
  } catch {
    // It was removed a moment ago.
    return false;
  }
}
