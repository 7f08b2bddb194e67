import { check } from './check.ts';
import { positionOf, type ConfigurationDocument } from './document.ts';
import { foreignProblem } from './foreign.ts';
import type { LayerOrigin } from './layers.ts';
import { loadFile } from './load-file.ts';
import { shortList, type Problems } from './problem.ts';
import { profileNamesOf } from './references.ts';
import { documentKind } from './schema.ts';
import type { Source } from './source.ts';
import { emptyTable, isTable, printPath, valueAt, without, type Path, type Table } from './tables.ts';
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

/** Where it goes what is wrong with a project file, and what its user should know. */
export interface ProjectReport {
  readonly problems: Problems;
  readonly warnings: string[];
  /** Leaves in what names a profile that nobody has, for the rules to report. */
  readonly isStrict: boolean;
}

/**
 * A project file: the whole of it when it is trusted, else what it may set without trust and one warning for each reason.
 * Of one that somebody else may have written nothing counts without trust. `known` are the names of the user's profiles.
 */
export async function projectSource(
  parsed: ParsedFile,
  stateFolder: string,
  known: ReadonlySet<string>,
  { problems, warnings, isStrict }: ProjectReport,
): Promise<Source> {
  const { file, values } = parsed;
  if (await isTrustedText(stateFolder, file, parsed.text)) return fileSource('project', parsed, problems);
  const foreign = await foreignProblem(file);
  if (foreign !== undefined) {
    warnings.push(`${file} ${foreign}, so it is not obeyed. Run "claudex trust" to look at it and accept it.`);
    return fileSource('project', parsed, problems, emptyTable());
  }
  const unknown = keysNamingUnknownProfiles(values, known);
  const ownNames = profileNamesOf(values);
  const isOwn = (path: Path): boolean => namesOneOf(valueAt(values, path), ownNames);
  const untrusted = [...(await keysNeedingTrust(values, file)), ...unknown.filter(isOwn)];
  const nobodys = unknown.filter((path) => !isOwn(path));
  if (untrusted.length > 0)
    warnings.push(`${file} is not trusted, so these keys in it are ignored: ${listed(untrusted)}. ${REMEDY}`);
  if (nobodys.length > 0 && !isStrict)
    warnings.push(`${file} names profiles that you do not have, so these keys in it are ignored: ${listed(nobodys)}.`);
  return fileSource('project', parsed, problems, without(values, isStrict ? untrusted : [...untrusted, ...nobodys]));
}

const REMEDY = 'Run "claudex trust" to look at them and accept the file.';

function namesOneOf(value: unknown, names: ReadonlySet<string>): boolean {
  return typeof value === 'string' && names.has(value);
}

function listed(paths: readonly Path[]): string {
  return shortList(paths.map((path) => printPath(path)));
}

function locator(file: string, document: ConfigurationDocument): (path: Path) => string {
  return (path) => {
    const position = positionOf(document.positions, path);
    return position === undefined ? file : `${file}:${position.line}:${position.column}`;
  };
}
