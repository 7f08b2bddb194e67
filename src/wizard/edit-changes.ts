import type { Provider } from '@claudex/sdk';
import { isDeepStrictEqual } from 'node:util';
import { valueAt, type ConfigurationEdit, type Path, type Profile } from '../config/index.ts';
import { OTHER_SLOTS, SLOTS, type KeyAnswer, type ProfileAnswers } from './answers.ts';
import type { ProfileFile } from './profile-layers.ts';
import { explicitTable, profileTable } from './profile-table.ts';
import type { FileEdits } from './save-profile.ts';

/** What a profile answers to the questions of the wizard. */
export function answersOf(profile: Profile): ProfileAnswers {
  const { name, provider, provider_type: providerType, base_url: baseUrl, default_model: model, models } = profile;
  const options = textsOf(profile.options);
  const slots = [...SLOTS, ...OTHER_SLOTS].flatMap((slot) =>
    models[slot] === undefined ? [] : [[slot, models[slot]] as const],
  );
  return {
    name,
    ...(provider !== undefined && { provider }),
    ...(providerType !== undefined && { providerType }),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(options && { options }),
    key: keyOf(profile),
    ...(model !== undefined && { model }),
    slots: Object.fromEntries(slots),
    backups: profile.backup_providers,
  };
}

/** Options are texts; a number is one that was written without quotes. */
function textsOf(options: Profile['options']): { readonly [name: string]: string } | undefined {
  if (options === undefined || Object.keys(options).length === 0) return undefined;
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name, String(value)]));
}

function keyOf({ api_key: secret, api_key_env: variable, api_key_keyring: entry }: Profile): KeyAnswer {
  if (secret) return { from: 'file', secret };
  if (variable) return { from: 'variable', variable };
  return entry ? { from: 'entry', entry } : { from: 'nowhere' };
}

/** A profile before and after a change, with the provider that it names afterwards. */
export interface Change {
  readonly before: ProfileAnswers;
  readonly after: ProfileAnswers;
  readonly provider: Provider | undefined;
}

/** The keys that a change sets (to a value) or takes away (undefined), as paths below the profile. */
export function changedKeys(change: Change): readonly (readonly [Path, ConfigurationEdit['op'], unknown])[] {
  const before = leaves(explicitTable(change.before));
  const after = wantedLeaves(change, before);
  const paths = new Map([...before, ...after].map(([path]) => [path.join('.'), path]));
  return [...paths.values()].flatMap((path) => {
    const [old, value] = [valueOf(before, path), valueOf(after, path)];
    if (isDeepStrictEqual(old, value)) return [];
    return [[path, value === undefined ? 'unset' : 'set', value] as const];
  });
}

/** What is to be written, and what stands there and still holds, even where the provider would say the same. */
function wantedLeaves({ before, after, provider }: Change, standing: readonly Leaf[]): readonly Leaf[] {
  const written = leaves(profileTable(after, provider));
  if (before.provider !== after.provider) return written;
  const meant = leaves(explicitTable(after));
  const kept = standing.filter(
    ([path, value]) => valueOf(written, path) === undefined && isDeepStrictEqual(valueOf(meant, path), value),
  );
  return [...written, ...kept];
}

function valueOf(all: readonly Leaf[], path: Path): unknown {
  return all.find(([other]) => isDeepStrictEqual(other, path))?.[1];
}

/**
 * Edits for the files that say something about a profile, lowest first: a key changes where it counts, a new one comes to
 * where the profile was begun, and one that goes is taken out everywhere.
 */
export function editsOf(change: Change, files: readonly ProfileFile[]): readonly FileEdits[] {
  const edits = files.map(({ file }) => ({ file, edits: [] as ConfigurationEdit[] }));
  const of = (file: string | undefined): ConfigurationEdit[] | undefined =>
    edits.find((candidate) => candidate.file === file)?.edits;
  for (const [below, op, value] of changedKeys(change)) {
    const path = ['profiles', change.after.name, ...below];
    const owners = files.filter(({ values }) => valueAt(values, below) !== undefined);
    if (op === 'unset') for (const { file } of owners) of(file)?.push({ op, path });
    else of((owners.at(-1) ?? files[0])?.file)?.push({ op, path, value: value as string | string[] });
  }
  return edits.filter(({ edits: changes }) => changes.length > 0);
}

type Leaf = readonly [Path, unknown];

/** Slots and options are changed one by one; everything else as a whole. */
function leaves(table: object): readonly Leaf[] {
  return Object.entries(table).flatMap(([key, value]: [string, unknown]): Leaf[] => {
    if (key !== 'models' && key !== 'options') return [[[key], value]];
    return Object.entries(value as object).map(([name, below]: [string, unknown]): Leaf => [[key, name], below]);
  });
}
