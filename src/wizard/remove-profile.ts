import { reviewProjectFile, type ConfigurationSources, type LoadedConfiguration } from '../config/index.ts';
import { openSecretStore } from '../state/index.ts';
import { planRemoval, type Removal } from './plan-removal.ts';
import { editFiles } from './save-profile.ts';

/** {@link planRemoval} for the configuration as it is trusted here. */
export async function planTrustedRemoval(
  name: string,
  loaded: LoadedConfiguration,
  { stateFolder }: ConfigurationSources,
): Promise<Removal> {
  const projects = loaded.layers.flatMap(({ origin, file }) =>
    origin === 'project' && file !== undefined ? [file] : [],
  );
  const reviews = await Promise.all(projects.map((file) => reviewProjectFile(stateFolder, file)));
  const untrusted = reviews.filter(({ isTrusted }) => !isTrusted).map(({ file }) => file);
  return planRemoval(name, loaded, new Set(untrusted));
}

/** Does what was planned. Returns lines for stderr. */
export async function removeProfile(
  { edits, withoutProject }: Removal,
  entries: readonly string[],
  sources: ConfigurationSources,
): Promise<readonly string[]> {
  const notes = await editFiles(edits, withoutProject ? { ...sources, withoutProject } : sources);
  if (entries.length === 0) return notes;
  const store = await openSecretStore(sources.stateFolder, { environment: sources.environment });
  for (const entry of entries) await store.delete(entry);
  return notes;
}
