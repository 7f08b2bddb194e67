import { dirname, join, resolve } from 'node:path';
import { failure } from '../../errors/index.ts';
import { makePrivateFolder, withExclusiveLock } from '../../state/index.ts';
import { positionOf } from '../document.ts';
import { parseFile, type ParsedFile } from '../file-source.ts';
import type { ConfigurationSources } from '../layers.ts';
import { Problems } from '../problem.ts';
import { secretsIn } from '../secrets.ts';
import { emptyTable, isTable } from '../tables.ts';
import { isTrustedText, recordTrust } from '../trust.ts';
import { keysNeedingTrust } from '../untrusted.ts';
import { checkCandidate } from './check-candidate.ts';
import { documentOf, editText } from './edit-text.ts';
import type { ConfigurationEdit, Edits } from './edits.ts';
import { layerOfFile } from './owner.ts';
import { replaceFile, targetOf, type FileTarget } from './write-file.ts';

/** Where an edit takes place. */
export interface EditSettings {
  /** Folder of the lock and of the trust record. */
  readonly stateFolder: string;
  /** Which layer the file is; absent: as its place says, and without `sources` the global one. */
  readonly origin?: 'global' | 'project' | 'file';
  /** Where the rest of the configuration is, so that the whole of it is checked; absent: the file alone is checked. */
  readonly sources?: ConfigurationSources;
}

/** What became of an edit. */
export interface EditedConfiguration {
  /** The file as it was named. */
  readonly file: string;
  readonly created: boolean;
  /** False when the file said so already; then it was not touched. */
  readonly changed: boolean;
  /** Lines for stderr, such as that a project file still needs trust. */
  readonly notes: readonly string[];
}

/** How often it begins anew when somebody without our lock changes the file meanwhile. */
const ATTEMPTS = 5;

/**
 * Changes a configuration file, or makes it: only what the edits are about, under a lock, all of it or nothing. Throws, and
 * writes nothing, where the file cannot be parsed (exit code 2), where the edit would make the configuration wrong (2), or
 * where the file is somebody else's or cannot be changed without damage (1).
 */
export async function editConfiguration(
  file: string,
  edits: Edits,
  settings: EditSettings,
): Promise<EditedConfiguration> {
  const path = resolve(file);
  return withExclusiveLock(join(settings.stateFolder, 'configuration.lock'), async () => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const edited = await editOnce(path, edits, settings);
      if (edited !== undefined) return edited;
    }
    throw failure('config-changing', `${path} keeps changing`, 'Close the program that writes it, and try again.');
  });
}

/** Undefined when the file changed under our hands. */
async function editOnce(file: string, edits: Edits, settings: EditSettings): Promise<EditedConfiguration | undefined> {
  const target = await targetOf(file);
  const before = target.mode === undefined ? undefined : await parsedFile(file);
  const wanted: readonly ConfigurationEdit[] =
    typeof edits === 'function' ? edits(before?.values ?? emptyTable()) : edits;
  const text = await editText(file, before?.text ?? '', wanted);
  if (before?.text === text) return { file, created: false, changed: false, notes: [] };
  const after = await parsedText(file, text);
  const origin = layerOf(file, settings);
  const isTrusted =
    origin !== 'project' || before === undefined || (await isTrustedText(settings.stateFolder, file, before.text));
  await checkCandidate({ parsed: after, origin, isTrusted }, before, settings.sources);
  if (before === undefined && origin === 'global') await makePrivateFolder(dirname(file));
  const now = (await targetOf(file)).mode === undefined ? undefined : await parsedFile(file);
  if (now?.text !== before?.text) return undefined;
  await replaceFile(target, text, modeFor(target, after, origin));
  if (origin === 'project' && isTrusted) await recordTrust(settings.stateFolder, file, text);
  return { file, created: before === undefined, changed: true, notes: await notesOn(after, wanted, isTrusted) };
}

function layerOf(file: string, { origin, sources }: EditSettings): 'global' | 'project' | 'file' {
  return origin ?? (sources === undefined ? 'global' : layerOfFile(file, sources));
}

/** A file that others may read stays so only as long as it holds no secret. */
function modeFor({ mode }: FileTarget, { values }: ParsedFile, origin: string): number {
  return origin === 'global' || mode === undefined || secretsIn(values).length > 0 ? 0o600 : mode;
}

async function notesOn(after: ParsedFile, edits: readonly ConfigurationEdit[], isTrusted: boolean): Promise<string[]> {
  if (isTrusted) return [];
  const ignored = new Set((await keysNeedingTrust(after.values, after.file)).map(([key]) => key));
  return edits.some(({ path }) => ignored.has(path[0] ?? ''))
    ? [
        `${after.file} is not trusted, so this does not count yet. Run "claudex trust" to look at the file and accept it.`,
      ]
    : [];
}

async function parsedFile(file: string): Promise<ParsedFile> {
  const problems = new Problems();
  const parsed = await parseFile(file, problems);
  if (parsed === undefined) throw problems.toError();
  return parsed;
}

/** A text that is not in its file yet, as if it were. */
export async function parsedText(file: string, text: string): Promise<ParsedFile> {
  const { values, positions } = await documentOf(file, text);
  return {
    file,
    text,
    values: isTable(values) ? values : emptyTable(),
    locate: (path) => {
      const position = positionOf(positions, path);
      return position === undefined ? file : `${file}:${position.line}:${position.column}`;
    },
  };
}
