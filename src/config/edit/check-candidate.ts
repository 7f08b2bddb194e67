import { check, type Report } from '../check.ts';
import { configurationOf, defaultValues } from '../complete.ts';
import { fileSource, type ParsedFile } from '../file-source.ts';
import type { ConfigurationSources, Layer, LayerOrigin } from '../layers.ts';
import { mergeLayers } from '../merge.ts';
import { Problems, type Problem } from '../problem.ts';
import { profileNamesOf } from '../references.ts';
import { applyRules } from '../rules.ts';
import { documentKind } from '../schema.ts';
import { originOf, type Source } from '../source.ts';
import { printPath, without } from '../tables.ts';
import { isTrusted } from '../trust.ts';
import { keysNamingUnknownProfiles, keysNeedingTrust } from '../untrusted.ts';
import { readSoFar } from './read-rest.ts';

/** A file as it would be. */
export interface Candidate {
  readonly parsed: ParsedFile;
  readonly origin: Exclude<LayerOrigin, 'defaults' | 'environment'>;
  /** Whether all of it would count. */
  readonly isTrusted: boolean;
}

const ORDER: readonly LayerOrigin[] = ['defaults', 'global', 'project', 'file', 'environment'];
const MOST = 500;

/**
 * Checks what a file would say, by itself and together with all the rest. Throws one usage error that lists what is wrong
 * with it and was not wrong before: a file with several mistakes can be mended one by one, but none is added.
 */
export async function checkCandidate(
  candidate: Candidate,
  before: ParsedFile | undefined,
  sources: ConfigurationSources | undefined,
): Promise<void> {
  const known = new Problems(MOST);
  if (before !== undefined) check(before.values, documentKind, [], reporter(before, known));
  const found = new Problems(MOST);
  const source = fileSource(candidate.origin, candidate.parsed, found);
  if (sources !== undefined) {
    const rest = await readSoFar(sources, known);
    const others = rest.sources.filter(({ layer }) => layer.file !== candidate.parsed.file);
    // While another file cannot be read, the rules would only report what is missing from it.
    const isWhole = known.described.every(({ path }) => path !== undefined);
    if (isWhole) checkTogether(await trustedParts([...others, source], candidate, sources), found);
  }
  const added = found.described.filter((problem) => !known.described.some((old) => isSame(old, problem)));
  if (added.length === 0) return;
  const refused = new Problems();
  for (const problem of added) refused.add(() => problem);
  throw refused.toError();
}

/**
 * Of a project file without trust, only what may count without it: also of one that is not edited itself, because what it
 * says of a profile counts only as long as there is that profile.
 */
function trustedParts(
  written: readonly Source[],
  candidate: Candidate,
  { stateFolder }: ConfigurationSources,
): Promise<Source[]> {
  const known = new Set(written.flatMap(({ layer }) => (isProject(layer) ? [] : [...profileNamesOf(layer.values)])));
  const trustedPart = async (source: Source): Promise<Source> => {
    const { layer } = source;
    if (!isProject(layer)) return source;
    const isEdited = layer.file === candidate.parsed.file;
    if (isEdited ? candidate.isTrusted : await isTrusted(stateFolder, layer.file)) return source;
    const ignored = [
      ...(await keysNeedingTrust(layer.values, layer.file)),
      ...keysNamingUnknownProfiles(layer.values, known),
    ];
    return { ...source, layer: { ...layer, values: without(layer.values, ignored) } };
  };
  return Promise.all(written.map(trustedPart));
}

function isProject(layer: Layer): layer is Layer & { readonly file: string } {
  return layer.origin === 'project' && layer.file !== undefined;
}

function checkTogether(sources: readonly Source[], problems: Problems): void {
  const written = sources.toSorted((one, other) => ORDER.indexOf(one.layer.origin) - ORDER.indexOf(other.layer.origin));
  const merged = mergeLayers([defaultValues(), ...written.map(({ layer }) => layer.values)]);
  const report: Report = (path, words) => {
    const printed = printPath(path, merged);
    if (problems.isAbout(printed)) return;
    problems.add(() => ({ where: originOf(written, path, merged), path: printed, message: words() }));
  };
  applyRules({ values: configurationOf(merged), merged, report });
}

function reporter(parsed: ParsedFile, problems: Problems): Report {
  return (path, words) => {
    problems.add(() => ({ where: parsed.locate(path), path: printPath(path, parsed.values), message: words() }));
  };
}

function isSame(one: Problem, other: Problem): boolean {
  return one.path === other.path && one.message === other.message;
}
