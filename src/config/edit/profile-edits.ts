import { isTable, valueAt, type Table } from '../tables.ts';
import type { ConfigurationEdit } from './edits.ts';

/** The place of a profile in values, of one file or merged; undefined when there is none of this name. */
export function profileIndex(values: unknown, name: string): number | undefined {
  const profiles = valueAt(values, ['profiles']);
  const place = Array.isArray(profiles)
    ? profiles.findIndex((profile) => isTable(profile) && profile['name'] === name)
    : -1;
  return place === -1 ? undefined : place;
}

/** Adds a profile at the end of a file, or replaces the one of this name. */
export function addProfileEdit(profile: Table & { readonly name: string }): ConfigurationEdit {
  return { op: 'set', path: ['profiles', profile.name], value: profile };
}

/** Takes a profile out of a file, with everything below it and the comment directly above it. */
export function removeProfileEdit(name: string): ConfigurationEdit {
  return { op: 'unset', path: ['profiles', name] };
}
