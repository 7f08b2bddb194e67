import { extname } from 'node:path';
import type { Loader, PublicExplorer } from 'cosmiconfig';
import { failure, messageOf } from '../errors/index.ts';
import { SyntaxProblem, type ConfigurationDocument } from './document.ts';
import type { Problem } from './problem.ts';
import { readText } from './read-text.ts';

/** A parsed file, or what stood in the way. */
export type LoadedFile = { readonly document: ConfigurationDocument } | { readonly problem: Problem };

/** Reads and parses one configuration file, its format by its extension: YAML, JSON, everything else TOML. */
export async function loadFile(file: string): Promise<LoadedFile> {
  if (PROGRAMS.has(extname(file).toLowerCase())) return { problem: { where: file, message: NEVER_RUN } };
  const read = await readText(file);
  if ('problem' in read) return { problem: { where: file, message: read.problem } };
  explorer ??= createExplorer();
  const { load } = await explorer;
  try {
    const result = await load(file);
    return { document: unwrap(result?.config) ?? { text: read.text, values: null, positions: new Map() } };
  } catch (error) {
    const position = error instanceof SyntaxProblem ? error.position : undefined;
    const where = position === undefined ? file : `${file}:${position.line}:${position.column}`;
    return { problem: { where, message: `is not valid ${formatOf(file)}: ${messageOf(error)}` } };
  }
}

let explorer: Promise<PublicExplorer> | undefined;

/**
 * When it makes an explorer, cosmiconfig first looks for settings of its own in the current folder and would run
 * a `.config/config.js` it finds there. That look is synchronous, so it is given our own folder to look at.
 */
async function createExplorer(): Promise<PublicExplorer> {
  const { cosmiconfig } = await import('cosmiconfig');
  return inFolder(import.meta.dirname, () =>
    cosmiconfig('claudex', {
      packageProp: 'document',
      searchPlaces: [],
      searchStrategy: 'none',
      ignoreEmptySearchPlaces: false,
      mergeImportArrays: false,
      mergeSearchPlaces: false,
      cache: false,
      loaders: LOADERS,
    }),
  );
}

/** Runs synchronous work with another current folder. Throws a failure, without moving, when there is no way back. */
export function inFolder<Result>(folder: string, work: () => Result): Result {
  const current = knownToBeEnterable();
  process.chdir(folder);
  try {
    return work();
  } finally {
    process.chdir(current);
  }
}

function knownToBeEnterable(): string {
  try {
    const current = process.cwd();
    process.chdir(current);
    return current;
  } catch (error) {
    throw failure(
      'working-folder-unusable',
      'the current folder is gone, or may not be entered any more',
      'Change to a folder that exists and that you may enter, and run the command again.',
      error,
    );
  }
}

const toml: Loader = async (_file, text) => wrap((await import('./toml.ts')).parseToml(text));
const yaml: Loader = async (_file, text) => wrap((await import('./yaml.ts')).parseYaml(text));

const LOADERS: { [extension: string]: Loader } = {
  '.yaml': yaml,
  '.yml': yaml,
  '.json': yaml,
  noExt: toml,
  default: toml,
};

const PROGRAMS: ReadonlySet<string> = new Set(['.js', '.cjs', '.mjs', '.ts', '.cts', '.mts']);
const NEVER_RUN = 'is a program; Claudex never runs configuration, write it as TOML or YAML';

/** Inside a wrapper the key `$import`, with which cosmiconfig would read more files, is a key like any other. */
function wrap(document: ConfigurationDocument): { document: ConfigurationDocument } {
  return { document };
}

/** A file called `package.*` comes back without the wrapper: cosmiconfig takes the property out itself. */
function unwrap(loaded: unknown): ConfigurationDocument | undefined {
  if (typeof loaded !== 'object' || loaded === null) return undefined;
  return 'document' in loaded
    ? (loaded as { document: ConfigurationDocument }).document
    : (loaded as ConfigurationDocument);
}

function formatOf(file: string): string {
  const extension = extname(file);
  if (extension === '.json') return 'JSON';
  return extension === '.yaml' || extension === '.yml' ? 'YAML' : 'TOML';
}
