import type { JsonLike, Path, Table } from '../tables.ts';

/**
 * One change to a configuration file. In a path below `profiles` the second step is the profile's name, or its place in
 * the file that is edited; a name that the file does not have begins a new entry with it.
 */
export type ConfigurationEdit =
  | { readonly op: 'set'; readonly path: Path; readonly value: JsonLike }
  | { readonly op: 'unset'; readonly path: Path };

/** Edits, or how they follow from what the file says at the moment in which nobody else may change it. */
export type Edits = readonly ConfigurationEdit[] | ((values: Table) => readonly ConfigurationEdit[]);
