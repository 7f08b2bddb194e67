import { existsSync } from 'node:fs';
import { usageError } from '../../errors/index.ts';
import type { ConfigurationSources } from '../layers.ts';
import { Problems } from '../problem.ts';
import { secretsIn } from '../secrets.ts';
import { printPath, type JsonLike, type Path } from '../tables.ts';
import { createGlobalFile, type CreatedFile } from './create-global-file.ts';
import { editConfiguration, type EditedConfiguration } from './edit-configuration.ts';
import { ownerOf, type Owner, type OwnerChoice } from './owner.ts';
import { namedPath, readPath } from './read-path.ts';
import { readSoFar } from './read-rest.ts';
import { readValue } from './read-value.ts';
import { refuseHalfRenaming } from './renaming.ts';

/** A change of one key, as a user asks for it. */
export interface KeyChange {
  /** With dots, as for `readPath`. */
  readonly key: string;
  /** Undefined to take the key out of its file. */
  readonly value: string | undefined;
  /** True to take the value as text although the key takes other kinds, too. */
  readonly isText?: boolean;
  readonly choice?: OwnerChoice;
  /** The folder Claudex is installed in: there is the text of a first global file. */
  readonly root: string;
}

/** What became of it. */
export interface ChangedKey extends EditedConfiguration {
  readonly overriddenBy?: string;
}

/** Changes one key in the file that owns it. Throws a usage error for an unknown key or a value that it cannot have. */
export async function changeKey(change: KeyChange, sources: ConfigurationSources): Promise<ChangedKey> {
  const read = await readSoFar(sources, new Problems());
  const { values } = read;
  const merged = readPath(change.key, values);
  const path = namedPath(merged, values);
  const value = change.value === undefined ? undefined : readValue(change.value, path, change.isText === true);
  refuseHalfRenaming(path, value, read.sources);
  const owner = await ownerOf(merged, sources, change.choice, read);
  const notes = owner.origin === 'project' ? secretNotes(path, value, owner, change.choice) : [];
  const edit = value === undefined ? ({ op: 'unset', path } as const) : ({ op: 'set', path, value } as const);
  const isFirst = owner.origin === 'global' && value !== undefined && !existsSync(owner.file);
  const made = isFirst ? await createGlobalFile(sources.configFolder, change.root) : undefined;
  const settings = { stateFolder: sources.stateFolder, origin: owner.origin, sources };
  const edited = await editConfiguration(owner.file, [edit], settings);
  const told = owner.overriddenBy === undefined ? [] : [`${owner.overriddenBy} is set, and wins over the file.`];
  const result = {
    ...edited,
    created: edited.created || (made?.problem === undefined && made !== undefined),
    notes: [...creationNotes(made), ...notes, ...edited.notes, ...told],
  };
  return owner.overriddenBy === undefined ? result : { ...result, overriddenBy: owner.overriddenBy };
}

function creationNotes(made: CreatedFile | undefined): string[] {
  if (made === undefined) return [];
  return [made.problem ?? `Created ${made.file}, where everything else is commented out.`];
}

/** What a project keeps is often handed on, so a secret only goes there when the user said so. */
function secretNotes(path: Path, value: JsonLike | undefined, { file }: Owner, choice: OwnerChoice): string[] {
  if (value === undefined || secretsIn(nested(path, value)).length === 0) return [];
  if (choice === 'local') return [`${file} holds a secret now, so only you can read it. Do not commit it.`];
  throw usageError(
    'secret-in-project',
    `${printPath(path)} is a secret, and ${file} belongs to a project`,
    'Use --global to keep it in your own file, or --local if it is to be in the project.',
  );
}

function nested(path: Path, value: JsonLike): JsonLike {
  return path.reduceRight<JsonLike>((below, step) => (typeof step === 'number' ? [below] : { [step]: below }), value);
}
