import { dirname, resolve } from 'node:path';
import type { ClaudexError } from '../errors/index.ts';
import type { Report } from './check.ts';
import { configurationOf, defaultValues } from './complete.ts';
import { findGlobalFile, findProjectFile, namedFile, requireFile } from './discover.ts';
import { environmentSource } from './environment.ts';
import { foreignProblem } from './foreign.ts';
import { fileSource, parseFile, projectSource, type ParsedFile, type ProjectReport } from './file-source.ts';
import type { ConfigurationSources, LayerOrigin, LoadedConfiguration } from './layers.ts';
import { mergeLayers } from './merge.ts';
import { Problems } from './problem.ts';
import { profileNamesOf } from './references.ts';
import { applyRules } from './rules.ts';
import { originOf, type Source } from './source.ts';
import { printPath } from './tables.ts';
import { watchedFiles } from './watched-files.ts';

/** Which files make up the configuration. */
interface Files {
  readonly global: string | undefined;
  readonly project: string | undefined;
  /** The file the user named, with `--config` or `$CLAUDEX_CONFIG`. */
  readonly named: string | undefined;
}

/**
 * Finds, reads, checks and merges the configuration. Throws one usage error that lists everything that is wrong
 * in all files and in the environment.
 */
export async function loadConfiguration(sources: ConfigurationSources): Promise<LoadedConfiguration> {
  const problems = new Problems();
  const loaded = await readConfiguration(sources, problems);
  if (problems.count > 0) throw problems.toError();
  return loaded;
}

/** What of a configuration can be used. */
export interface UsableConfiguration {
  /** Everything that is right; the defaults for what is not. */
  readonly loaded: LoadedConfiguration;
  /** All that is wrong, as {@link loadConfiguration} throws it; absent when nothing is. */
  readonly problem?: ClaudexError;
}

/** The same for who has to go on with a broken configuration. Throws only when a file that the user named is not there. */
export async function loadUsable(sources: ConfigurationSources): Promise<UsableConfiguration> {
  const problems = new Problems();
  const loaded = await readConfiguration(sources, problems);
  return { loaded, ...(problems.count > 0 && { problem: problems.toError() }) };
}

/**
 * The same for who wants to go on: what is wrong is added to `problems`, and what is right is returned. `isStrict` makes a
 * problem of what every other command only warns of, so that a freshly cloned project does not stop it: a profile named
 * in an untrusted file that nobody has.
 */
export async function readConfiguration(
  sources: ConfigurationSources,
  problems: Problems,
  isStrict = false,
): Promise<LoadedConfiguration> {
  const warnings: string[] = [];
  const files = await findFiles(sources);
  const environment = environmentSource(sources.environment, problems);
  const global = await read(files.global, 'global', problems);
  const named = await read(files.named, 'file', problems);
  const project = await readProject(files.project, [global, environment], sources.stateFolder, {
    problems,
    warnings,
    isStrict,
  });
  const written = [global, project, named, environment].filter((source) => source !== undefined);
  const expected = [files.global, files.project, files.named].filter((file) => file !== undefined).length + 1;
  const values = settle(written, written.length === expected, problems);
  values.claude_binary = located(values.claude_binary, written, sources.workingFolder);
  const layers = [{ origin: 'defaults' as const, values: defaultValues() }, ...written.map(({ layer }) => layer)];
  const sourceFile = files.named ?? files.global;
  const watched = await watchedFiles(sources, files.project);
  const owner = sourceFile === undefined ? {} : { sourceFile };
  return { values, layers, sources: written, warnings, ...owner, watched };
}

async function findFiles(sources: ConfigurationSources): Promise<Files> {
  const named = namedFile(sources);
  if (named !== undefined) await requireFile(named);
  const global = named?.namedBy === '--config' ? undefined : await findGlobalFile(sources.configFolder);
  if (named !== undefined) return { global, project: undefined, named: named.file };
  const project = sources.withoutProject === true ? undefined : await findProjectFile(sources.workingFolder);
  return { global, project, named: undefined };
}

async function parse(file: string | undefined, problems: Problems): Promise<ParsedFile | undefined> {
  return file === undefined ? undefined : parseFile(file, problems);
}

async function read(file: string | undefined, origin: LayerOrigin, problems: Problems): Promise<Source | undefined> {
  const foreign = file === undefined ? undefined : await foreignProblem(file);
  if (file !== undefined && foreign !== undefined) {
    problems.add(() => ({
      where: file,
      message: `${foreign}, so it is not obeyed; make file and folder your own (chown) and closed to others (chmod o-w)`,
    }));
    return undefined;
  }
  const parsed = await parse(file, problems);
  return parsed === undefined ? undefined : fileSource(origin, parsed, problems);
}

async function readProject(
  file: string | undefined,
  others: readonly (Source | undefined)[],
  stateFolder: string,
  report: ProjectReport,
): Promise<Source | undefined> {
  const parsed = await parse(file, report.problems);
  if (parsed === undefined) return undefined;
  const known = others.flatMap((source) => (source === undefined ? [] : [...profileNamesOf(source.layer.values)]));
  return projectSource(parsed, stateFolder, new Set(known), report);
}

/** Merges and applies the rules. With a file missing from the picture the rules would only report its absence. */
function settle(written: readonly Source[], isComplete: boolean, problems: Problems): LoadedConfiguration['values'] {
  const merged = mergeLayers([defaultValues(), ...written.map(({ layer }) => layer.values)]);
  const values = configurationOf(merged);
  if (isComplete) {
    const report: Report = (path, words) => {
      const printed = printPath(path, merged);
      if (problems.isAbout(printed)) return;
      problems.add(() => ({ where: originOf(written, path, merged), path: printed, message: words() }));
    };
    applyRules({ values, merged, report });
  }
  return values;
}

/** A relative path to the executable is meant from the file it is written in, not from where claude is to work. */
function located(binary: string, written: readonly Source[], workingFolder: string): string {
  if (!/[/\\]/.test(binary) || binary.startsWith('~/')) return binary;
  const owner = written.findLast(({ layer }) => layer.values['claude_binary'] !== undefined);
  return resolve(owner?.layer.file === undefined ? workingFolder : dirname(owner.layer.file), binary);
}
