import type { Configuration } from '../configuration.ts';
import type { LoadedConfiguration } from '../layers.ts';
import { masked, secretsIn, secretsOf } from '../secrets.ts';
import { isTable, printPath, type JsonLike, type Path } from '../tables.ts';
import { provenanceOf, type Provenance } from './provenance.ts';

/** A key of the merged configuration that holds a single value, a list of them, or nothing yet. */
export interface ListedKey {
  readonly path: Path;
  /** As people write it, profiles by their name. */
  readonly key: string;
  /** Safe to print. */
  readonly value: JsonLike;
  readonly provenance: Provenance | undefined;
}

/** Every secret that any layer holds or names, also one that another layer overrides. */
export function secretsOfLayers(loaded: LoadedConfiguration, environment: NodeJS.ProcessEnv): string[] {
  return secretsOf(
    loaded.values,
    environment,
    loaded.layers.flatMap(({ values }) => secretsIn(values)),
  );
}

/** The merged configuration key by key, masked, in the order of the documents. */
export function listConfiguration(loaded: LoadedConfiguration, environment: NodeJS.ProcessEnv): ListedKey[] {
  const secrets = secretsOfLayers(loaded, environment);
  return leavesOf(masked<Configuration>(loaded.values, secrets), []).map(({ path, value }) => {
    const provenance = provenanceOf(loaded, path);
    const shown = provenance === undefined ? undefined : maskedProvenance(provenance, path, secrets);
    return { path, key: printPath(path, loaded.values), value, provenance: shown };
  });
}

/** A value at a path, masked by the names of the keys it stands below and by the known secrets. */
export function maskedAt<Value>(path: Path, value: Value, secrets: readonly string[]): Value {
  const whole = path.toReversed().reduce<unknown>((below, step) => ({ [step]: below }), value);
  return path.reduce<unknown>(
    (shown, step) => (shown as Record<string | number, unknown>)[step],
    masked(whole, secrets),
  ) as Value;
}

/** The same for where a value comes from, with all that it overrides. */
export function maskedProvenance(provenance: Provenance, path: Path, secrets: readonly string[]): Provenance {
  return {
    ...provenance,
    value: maskedAt(path, provenance.value, secrets),
    overrides: provenance.overrides.map((origin) => ({ ...origin, value: maskedAt(path, origin.value, secrets) })),
  };
}

function leavesOf(value: unknown, path: Path): { path: Path; value: JsonLike }[] {
  const isSpread = isTable(value) || (Array.isArray(value) && value.some((entry) => isTable(entry)));
  const below = isSpread ? Object.entries(value as object) : [];
  if (below.length === 0) return value === undefined ? [] : [{ path, value: value as JsonLike }];
  return below.flatMap(([key, entry]) => leavesOf(entry, [...path, Array.isArray(value) ? Number(key) : key]));
}
