import {
  printPath,
  profileNotFound,
  profileReferences,
  removeProfileEdit,
  valueAt,
  type ConfigurationEdit,
  type LoadedConfiguration,
  type Path,
  type Table,
} from '../config/index.ts';
import { failure } from '../errors/index.ts';
import { profileFiles } from './profile-layers.ts';
import type { FileEdits } from './save-profile.ts';

/** What the removal of a profile changes. */
export interface Removal {
  /** References first, so that the configuration is right after each file. */
  readonly edits: readonly FileEdits[];
  /** The files that have the profile. */
  readonly files: readonly string[];
  /** What else changes: the settings that name the profile, one line each. */
  readonly references: readonly string[];
  /** Entries of the secret store that no other profile uses. */
  readonly entries: readonly string[];
}

/**
 * Plans how a profile goes, together with everything that names it. `untrusted` are files that are left alone: what they
 * say about it stops counting by itself. Throws a failure for an unknown name, and when the environment names it.
 */
export function planRemoval(name: string, loaded: LoadedConfiguration, untrusted: ReadonlySet<string>): Removal {
  if (!loaded.values.profiles.some((profile) => profile.name === name)) throw profileNotFound(name, loaded.values);
  const files = profileFiles(loaded, name);
  const naming = loaded.layers.flatMap((layer) => referencesIn(layer, name, untrusted));
  const removals = files.toReversed().map(({ file }) => ({ file, edits: [removeProfileEdit(name)] }));
  const used = new Set(entriesOfOthers(loaded, name));
  return {
    edits: joined([...naming.map(({ change }) => change), ...removals]),
    files: files.map(({ file }) => file),
    references: naming.flatMap(({ printed }) => printed),
    entries: [...new Set(files.flatMap(({ values }) => entryOf(values)))].filter((entry) => !used.has(entry)),
  };
}

/** What one layer says about a profile beside the profile itself, and how that goes; nothing of an untrusted file. */
function referencesIn(
  { file, values }: LoadedConfiguration['layers'][number],
  name: string,
  untrusted: ReadonlySet<string>,
): readonly { readonly change: FileEdits; readonly printed: readonly string[] }[] {
  const paths = profileReferences(values).flatMap((reference) => (reference.name === name ? [reference.path] : []));
  if (paths.length === 0 || (file !== undefined && untrusted.has(file))) return [];
  const printed = [...new Set(paths.map((path) => printPath(path, values)))];
  if (file === undefined) throw namedByEnvironment(name, printed);
  const change = { file, edits: editsFor(paths, name, values) };
  return [{ change, printed: printed.map((path) => `${path} (${file})`) }];
}

function namedByEnvironment(name: string, paths: readonly string[]): Error {
  return failure(
    'profile-in-use',
    `profile "${name}" is named by the environment: ${paths.join(', ')}`,
    'Unset the CLAUDEX_ variable that names it, and run the command again.',
  );
}

/** The entries of the secret store that other profiles than this one use. */
export function entriesOfOthers({ values }: LoadedConfiguration, name: string): readonly string[] {
  return values.profiles.flatMap((profile) => (profile.name === name ? [] : (profile.api_key_keyring ?? [])));
}

function entryOf(values: Table): readonly string[] {
  const entry = values['api_key_keyring'];
  return typeof entry === 'string' ? [entry] : [];
}

/** One edit per setting: a list loses the name, everything else goes as a whole. */
function editsFor(places: readonly Path[], name: string, values: Table): ConfigurationEdit[] {
  const edits = new Map<string, ConfigurationEdit>();
  for (const place of places) {
    const isList = place[2] === 'backup_providers';
    const path = named(isList ? place.slice(0, 3) : place, values);
    const rest = isList ? (valueAt(values, place.slice(0, 3)) as string[]).filter((other) => other !== name) : [];
    edits.set(JSON.stringify(path), rest.length > 0 ? { op: 'set', path, value: rest } : { op: 'unset', path });
  }
  return [...edits.values()];
}

/** Profiles by their names, which no other edit can shift. */
function named(path: Path, values: Table): Path {
  const [list, place, ...rest] = path;
  if (list !== 'profiles' || place === undefined) return path;
  const name = valueAt(values, [list, place, 'name']);
  return typeof name === 'string' ? [list, name, ...rest] : path;
}

/** Changes to the same file that follow one another become one. */
function joined(all: readonly FileEdits[]): readonly FileEdits[] {
  const result: FileEdits[] = [];
  for (const next of all) {
    const last = result.at(-1);
    if (last?.file === next.file) result[result.length - 1] = { ...last, edits: [...last.edits, ...next.edits] };
    else result.push(next);
  }
  return result;
}
