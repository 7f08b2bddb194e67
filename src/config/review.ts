import { fileSource, parseFile } from './file-source.ts';
import { invalidConfiguration, type Problem } from './problem.ts';
import { isCredentialHeader, isCredentialParameter, maskSecret } from './secrets.ts';
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

/** Reads and checks a project file without obeying it. Throws a usage error when anything in it is wrong. */
export async function reviewProjectFile(stateFolder: string, file: string): Promise<ProjectFileReview> {
  const problems: Problem[] = [];
  const parsed = await parseFile(file, problems);
  const source = parsed === undefined ? undefined : fileSource('project', parsed, problems);
  if (parsed === undefined || source === undefined || problems.length > 0) throw invalidConfiguration(problems);
  const { values } = source.layer;
  const keys = await keysNeedingTrust(values, file);
  return {
    file,
    isTrusted: await isTrustedText(stateFolder, file, parsed.text),
    text: parsed.text,
    takesEffect: keys.flatMap((path) => lines(valueAt(values, path), path, values)),
  };
}

function lines(value: unknown, path: Path, values: unknown): string[] {
  const below = isTable(value) || isListOfTables(value) ? Object.entries(value) : [];
  if (below.length === 0)
    return [`${printPath(path, values)} = ${isSecret(path) ? maskSecret() : printable(JSON.stringify(value))}`];
  return below.flatMap(([key, entry]) => lines(entry, [...path, Array.isArray(value) ? Number(key) : key], values));
}

function isListOfTables(value: unknown): value is object[] {
  return Array.isArray(value) && value.some((entry) => isTable(entry));
}

/** Keys of known tables by their place, names a user chose by what they look like. */
function isSecret(path: Path): boolean {
  const last = String(path.at(-1));
  const table = path.at(-2);
  if (last === 'api_key' || last === 'proxy_token') return true;
  if (table === 'custom_headers') return isCredentialHeader(last);
  if (table === 'query_params') return isCredentialParameter(last);
  return table === 'extra_env' && /key|token|secret|password|auth/i.test(last);
}
