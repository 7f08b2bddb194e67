import { editConfiguration, type ConfigurationEdit, type ConfigurationSources, type Edits } from '../config/index.ts';
import { openSecretStore } from '../state/index.ts';
import { secretEntry, type KeyAnswer } from './answers.ts';

/** What is to be stored, and where. */
export interface Storing {
  readonly name: string;
  readonly key: KeyAnswer | undefined;
  readonly edits: readonly FileEdits<Edits>[];
  readonly sources: ConfigurationSources;
}

/** Changes to one configuration file. */
export interface FileEdits<Changes extends Edits = readonly ConfigurationEdit[]> {
  readonly file: string;
  readonly edits: Changes;
}

/**
 * Stores a profile's key, then its settings. When the settings are refused the key is taken back, so that nothing is left
 * behind. Returns lines for stderr.
 */
export async function saveProfile({ name, key, edits, sources }: Storing): Promise<readonly string[]> {
  const takeBack = key?.from === 'keyring' ? await storeKey(sources, secretEntry(name), key.secret) : undefined;
  try {
    return await editFiles(edits, sources);
  } catch (error) {
    // Why the settings were refused matters more than that the key could not be taken back.
    await takeBack?.().catch(() => undefined);
    throw error;
  }
}

/** Changes these files, one after the other. Returns lines for stderr. */
export async function editFiles(
  edits: readonly FileEdits<Edits>[],
  sources: ConfigurationSources,
): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const { file, edits: changes } of edits) {
    const edited = await editConfiguration(file, changes, { stateFolder: sources.stateFolder, sources });
    notes.push(...edited.notes);
  }
  return notes;
}

/** Returns what brings back the entry as it was. */
async function storeKey(
  { stateFolder, environment }: ConfigurationSources,
  entry: string,
  secret: string,
): Promise<() => Promise<unknown>> {
  const store = await openSecretStore(stateFolder, { environment });
  const before = await store.get(entry);
  await store.set(entry, secret);
  return () => (before === undefined ? store.delete(entry) : store.set(entry, before));
}
