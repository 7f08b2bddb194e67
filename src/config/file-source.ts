import { check } from './check.ts';
import { positionOf, type ConfigurationDocument } from './document.ts';
import type { LayerOrigin } from './layers.ts';
import { loadFile } from './load-file.ts';
import { shortList, type Problems } from './problem.ts';
import { documentKind } from './schema.ts';
import type { Source } from './source.ts';
import { emptyTable, isTable, printPath, without, type Path, type Table } from './tables.ts';
import { isTrustedText } from './trust.ts';
import { keysNamingUnknownProfiles, keysNeedingTrust } from './untrusted.ts';

/** A file, parsed but not checked: a document whose top is a table. */
export interface ParsedFile {
  readonly file: string;
  readonly text: string;
  readonly values: Table;
  readonly locate: (path: Path) => string;
}

/** Reads a file; what stands in the way is added to `problems`. An empty file is an empty table. */
export async function parseFile(file: string, problems: Problems): Promise<ParsedFile | undefined> {
  const loaded = await loadFile(file);
  if ('problem' in loaded) {
    const { problem } = loaded;
    problems.add(() => problem);
    return undefined;
  }
  const { document } = loaded;
  const values = document.values ?? emptyTable();
  if (isTable(values)) return { file, text: document.text, values, locate: locator(file, document) };
  problems.add(() => ({ where: file, message: 'must hold keys and values at its top, not a list or a single value' }));
  return undefined;
}

/** Checks a whole file: one the user named, owns or trusts. */
export function fileSource(
  origin: LayerOrigin,
  parsed: ParsedFile,
  problems: Problems,
  values = parsed.values,
): Source {
  const checked = check(values, documentKind, [], (path, words) => {
    problems.add(() => ({ where: parsed.locate(path), path: printPath(path, parsed.values), message: words() }));
  });
  return { layer: { origin, file: parsed.file, values: checked as Table }, locate: parsed.locate };
}

/** A project file: the whole of it when it is trusted, else what it may set without trust and one warning. */
export async function projectSource(
  parsed: ParsedFile,
  stateFolder: string,
  known: ReadonlySet<string>,
  report: { problems: Problems; warnings: string[] },
): Promise<Source> {
  if (await isTrustedText(stateFolder, parsed.file, parsed.text)) return fileSource('project', parsed, report.problems);
  const ignored = [
    ...(await keysNeedingTrust(parsed.values, parsed.file)),
    ...keysNamingUnknownProfiles(parsed.values, known),
  ];
  if (ignored.length > 0) report.warnings.push(ignoredWarning(parsed.file, ignored));
  return fileSource('project', parsed, report.problems, without(parsed.values, ignored));
}

function ignoredWarning(file: string, ignored: readonly Path[]): string {
  const keys = shortList(ignored.map((path) => printPath(path)));
  return `${file} is not trusted, so these keys in it are ignored: ${keys}. Run "claudex trust" to look at them and accept the file.`;
}

function locator(file: string, { positions }: ConfigurationDocument): (path: Path) => string {
  return (path) => {
    const position = positionOf(positions, path);
    return position === undefined ? file : `${file}:${position.line}:${position.column}`;
  };
}
