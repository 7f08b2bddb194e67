import { isTrusted, type ConfigurationSources, type LoadedConfiguration } from '../config/index.ts';
import { openSecretStore } from '../state/index.ts';
import { planRemoval, type Removal } from './plan-removal.ts';
import { editFiles } from './save-profile.ts';

/** {@link planRemoval} for the configuration as it is trusted here. */
export async function planTrustedRemoval(
  name: string,
  loaded: LoadedConfiguration,
  { stateFolder }: ConfigurationSources,
): Promise<Removal> {
  const untrusted = new Set<string>();
  for (const { origin, file } of loaded.layers) {
    if (origin === 'project' && file !== undefined && !(await isTrusted(stateFolder, file))) untrusted.add(file);
  }
  return planRemoval(name, loaded, untrusted);
}

/** Does what was planned. Returns lines for stderr. */
export async function removeProfile(
  { edits }: Removal,
  entries: readonly string[],
  sources: ConfigurationSources,
): Promise<readonly string[]> {
  const notes = await editFiles(edits, sources);
  await deleteEntries(entries, sources);
  return notes;
}

/** Deletes secrets that nobody uses any more. */
export async function deleteEntries(
  entries: readonly string[],
  { stateFolder, environment }: Pick<ConfigurationSources, 'stateFolder' | 'environment'>,
): Promise<void> {
  if (entries.length === 0) return;
  const store = await openSecretStore(stateFolder, { environment });
  for (const entry of entries) await store.delete(entry);
}
