import type { Configuration, Profile } from './configuration.ts';
import { table, type Kind } from './kinds.ts';
import { documentKind, profileKeys } from './schema.ts';
import { emptyTable, isTable, type JsonLike, type Table } from './tables.ts';

/** The lowest layer: every key that has a default. */
export function defaultValues(): Table {
  return complete({}, documentKind) as Table;
}

/** Fills in the defaults that only show after merging (of profiles) and settles alternative spellings. */
export function configurationOf(merged: Table): Configuration {
  const configuration = complete(merged, documentKind) as unknown as Configuration;
  configuration.profiles = configuration.profiles.map(withProviderType);
  return configuration;
}

/** What the configuration is when nobody configured anything. */
export function defaultConfiguration(): Configuration {
  return configurationOf(defaultValues());
}

/** A whole profile from the values that matter; everything else has its default. */
export function completeProfile(values: Partial<Profile> & Pick<Profile, 'name'>): Profile {
  return withProviderType(complete(values as unknown as Table, table(profileKeys)) as unknown as Profile);
}

/** The word that counts without a provider, at its place in the order of the documents. */
function withProviderType(profile: Profile): Profile {
  if (profile.provider !== undefined || profile.provider_type !== undefined) return profile;
  const { name, ...rest } = profile;
  return { name, provider_type: 'DirectAnthropic', ...rest };
}

/** A fresh copy of a checked value, with defaults, in one spelling. */
function complete(value: JsonLike, kind: Kind): JsonLike {
  if (kind.type === 'spelling') return kind.settle(value) ?? value;
  if (kind.type === 'list' && Array.isArray(value)) return value.map((below) => complete(below, kind.of));
  if (!isTable(value)) return value;
  if (kind.type === 'table') return completeTable(value, kind);
  const result = emptyTable();
  for (const [key, below] of Object.entries(value)) {
    result[key] = kind.type === 'dictionary' ? complete(below, kind.of) : structuredClone(below);
  }
  return result;
}

function completeTable(value: Table, kind: Extract<Kind, { type: 'table' }>): Table {
  const result: Table = {};
  for (const [key, entry] of Object.entries(kind.keys)) {
    const below = Object.hasOwn(value, key) ? value[key] : entry.default;
    if (below !== undefined) result[key] = complete(below, entry.kind);
  }
  return result;
}
