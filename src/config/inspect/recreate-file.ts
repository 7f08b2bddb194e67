import { extname, join } from 'node:path';
import { failure, usageError } from '../../errors/index.ts';
import { makePrivateFolder, withExclusiveLock, writeExportedFile } from '../../state/index.ts';
import { findGlobalFile, namedFile, requireFile } from '../discover.ts';
import { replaceFile, targetOf } from '../edit/write-file.ts';
import { fileSource, parseFile } from '../file-source.ts';
import type { ConfigurationSources } from '../layers.ts';
import { Problems } from '../problem.ts';
import { recreatedText } from './recreated-text.ts';

/** What became of the file. */
export interface RecreatedFile {
  readonly file: string;
  /** A copy of what it was; absent when there was none. */
  readonly backup?: string;
}

/**
 * Writes the file that the user named, else the global one, anew from the template, with every value that it sets kept, and a copy of what it was beside
 * it. Throws a usage error, and writes nothing, when the file is broken: then its values cannot be known; and when a named
 * one is not there. `root` is the folder Claudex is installed in.
 */
export async function recreateFile(sources: ConfigurationSources, root: string, now: Date): Promise<RecreatedFile> {
  const named = namedFile(sources);
  if (named !== undefined) await requireFile(named);
  // The lock of every change to a configuration file.
  return withExclusiveLock(join(sources.stateFolder, 'configuration.lock'), () =>
    recreate(named?.file, sources.configFolder, root, now),
  );
}

async function recreate(
  named: string | undefined,
  configFolder: string,
  root: string,
  now: Date,
): Promise<RecreatedFile> {
  const found = named ?? (await findGlobalFile(configFolder));
  if (found === undefined) {
    const file = join(configFolder, 'config.toml');
    await makePrivateFolder(configFolder);
    await writeNew(file, await recreatedText(root, 'toml', {}));
    return { file };
  }
  if (extname(found).toLowerCase() === '.json') throw withoutComments(found);
  const target = await targetOf(found);
  const problems = new Problems();
  const parsed = await parseFile(found, problems);
  const source =
    parsed === undefined ? undefined : fileSource(named === undefined ? 'global' : 'file', parsed, problems);
  if (parsed === undefined || source === undefined || problems.count > 0) throw problems.toError();
  const format = ['.yaml', '.yml'].includes(extname(found).toLowerCase()) ? 'yaml' : 'toml';
  const text = await recreatedText(root, format, source.layer.values);
  const backup = await writeBackup(`${found}.bak.${stamp(now)}`, parsed.text);
  await replaceFile(target, text, 0o600);
  return { file: found, backup };
}

function withoutComments(file: string): Error {
  return usageError(
    'no-comments-in-json',
    `${file} is JSON, which has no comments, and the template is made of them`,
    'Nothing was written. Write it as TOML or YAML, for example with "claudex config export".',
  );
}

async function writeNew(file: string, text: string): Promise<void> {
  if (await writeExportedFile(file, text, false)) return;
  throw failure('file-exists', `${file} exists`, 'Run the command again to have its settings kept.');
}

/** Of two copies in the same second the later one has a figure behind it. */
async function writeBackup(name: string, text: string): Promise<string> {
  for (let figure = 1; ; figure += 1) {
    const file = figure === 1 ? name : `${name}.${figure}`;
    if (await writeExportedFile(file, text, false)) return file;
  }
}

/** `20261124153000`, in the time of this machine. */
function stamp(now: Date): string {
  const two = (figure: number): string => String(figure).padStart(2, '0');
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('');
  return day + [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('');
}
