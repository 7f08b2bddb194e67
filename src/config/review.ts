import { fileSource, parseFile } from './file-source.ts';
import { Problems } from './problem.ts';
import { MASK, masked, secretsIn, withoutPlaceholders } from './secrets.ts';
import { isTable, printable, printPath, valueAt, type Path } from './tables.ts';
import { isTrustedText } from './trust.ts';
import { keysNeedingTrust } from './untrusted.ts';

/** What a user has to know before trusting a project file. */
export interface ProjectFileReview {
  readonly file: string;
  readonly isTrusted: boolean;
  /** The text that was looked at; trust is recorded for exactly this. */
  readonly text: string;
  /** `key = value` for everything that takes effect only with trust; secrets masked, safe to print. */
  readonly takesEffect: readonly string[];
}

/** A stranger's file may hold any number of texts that look like secrets, and each is looked for in every text. */
const MOST_SECRETS = 200;

/** Reads and checks a project file without obeying it. Throws a usage error when anything in it is wrong. */
export async function reviewProjectFile(stateFolder: string, file: string): Promise<ProjectFileReview> {
  const problems = new Problems();
  const parsed = await parseFile(file, problems);
  const source = parsed === undefined ? undefined : fileSource('project', parsed, problems);
  if (parsed === undefined || source === undefined || problems.count > 0) throw problems.toError();
  const { values } = source.layer;
  const shown = masked(values, withoutPlaceholders(secretsIn(values).slice(0, MOST_SECRETS), values));
  const keys = await keysNeedingTrust(values, file);
  return {
    file,
    isTrusted: await isTrustedText(stateFolder, file, parsed.text),
    text: parsed.text,
    takesEffect: keys.flatMap((path) => lines(valueAt(shown, path), path, shown)),
  };
}

function lines(value: unknown, path: Path, values: unknown): string[] {
  const below = isTable(value) || isListOfTables(value) ? Object.entries(value) : [];
  if (below.length === 0) {
    return [`${printPath(path, values)} = ${value === MASK ? MASK : printable(JSON.stringify(value))}`];
  }
  return below.flatMap(([key, entry]) => lines(entry, [...path, Array.isArray(value) ? Number(key) : key], values));
}

function isListOfTables(value: unknown): value is object[] {
  return Array.isArray(value) && value.some((entry) => isTable(entry));
}
