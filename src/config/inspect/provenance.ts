import { completeProfile, defaultValues } from '../complete.ts';
import type { LayerOrigin, LoadedConfiguration } from '../layers.ts';
import { placeIn, valueIn } from '../source.ts';
import { valueAt, type JsonLike, type Path } from '../tables.ts';

/** One layer that says something about a key. */
export interface Origin {
  readonly layer: LayerOrigin;
  /** `file:line:column` or the name of an environment variable; absent for a default. */
  readonly where?: string;
  /** What this layer says, as it was written; of a table only the part that stands in this layer. */
  readonly value: JsonLike;
}

/** Where a value comes from, and what the layers below would have made of the key, the nearest first. */
export interface Provenance extends Origin {
  readonly overrides: readonly Origin[];
}

/**
 * Where a key of the merged configuration comes from. Places in `profiles` are those after merging. `undefined` for a
 * key that nobody set and that has no default.
 */
export function provenanceOf(loaded: LoadedConfiguration, path: Path): Provenance | undefined {
  const written = loaded.sources.toReversed().flatMap((source): Origin[] => {
    const value = valueIn(source, path, loaded.values);
    if (value === undefined) return [];
    return [{ layer: source.layer.origin, where: placeIn(source, path, loaded.values), value: value as JsonLike }];
  });
  const byDefault = defaultOf(loaded, path);
  const all: Origin[] = byDefault === undefined ? written : [...written, { layer: 'defaults', value: byDefault }];
  const [highest, ...overrides] = all;
  return highest === undefined ? undefined : { ...highest, overrides };
}

/** The defaults of a profile only show once somebody wrote the profile. */
function defaultOf({ values }: LoadedConfiguration, path: Path): JsonLike | undefined {
  const [list, index, ...rest] = path;
  if (list !== 'profiles' || index === undefined) return valueAt(defaultValues(), path) as JsonLike | undefined;
  const profile = typeof index === 'number' ? values.profiles[index] : undefined;
  if (profile === undefined || rest.length === 0 || rest[0] === 'name') return undefined;
  const { name, provider } = profile;
  const bare = provider === undefined ? completeProfile({ name }) : completeProfile({ name, provider });
  return rest[0] === 'provider' ? undefined : (valueAt(bare, rest) as JsonLike | undefined);
}
