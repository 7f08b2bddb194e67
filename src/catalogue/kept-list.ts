import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type ModelFacts } from '@claudex/sdk';
import type { BoundProfile } from '../router/index.ts';
import { writePrivateFile } from '../state/index.ts';

/** A list of a provider as it is remembered. */
export interface KeptList {
  readonly models: readonly ModelFacts[];
  /** Milliseconds since the epoch. */
  readonly fetchedAt: number;
  /** Whether the provider had more. */
  readonly isCut: boolean;
}

/** Raised when the shape changes: older files are then no lists. */
const VERSION = 1;

/**
 * Reads the remembered list of a profile's provider, in one quick synchronous read. Anything that is no list is treated as
 * none: the next fetch writes a sound one.
 */
export function readKeptList(bound: BoundProfile, cacheFolder: string): KeptList | undefined {
  try {
    const kept = JSON.parse(readFileSync(fileOf(bound, cacheFolder), 'utf8')) as unknown;
    if (!isJsonObject(kept) || kept['version'] !== VERSION || !Array.isArray(kept['models'])) return undefined;
    const { fetchedAt } = kept;
    if (typeof fetchedAt !== 'number' || !Number.isFinite(fetchedAt)) return undefined;
    const models = (kept['models'] as unknown[]).filter(isFacts);
    return { fetchedAt, models, isCut: kept['isCut'] === true };
  } catch {
    return undefined;
  }
}

/** Remembers a list. That this fails, as on a full disk, costs no more than the next call. */
export async function keepList(bound: BoundProfile, cacheFolder: string, list: KeptList): Promise<void> {
  const text = JSON.stringify({ version: VERSION, ...list });
  await writePrivateFile(fileOf(bound, cacheFolder), `${text}\n`).catch(() => undefined);
}

/** The file is our own, so that an entry which has an id has the rest as it was written. */
function isFacts(value: unknown): value is ModelFacts {
  return isJsonObject(value) && typeof value['id'] === 'string';
}

/**
 * What a list depends on. Two profiles with different keys may be offered different models, so each has its own. Options
 * may lead to another account or another list although the address is the same.
 */
function fileOf({ profile, provider, protocol, baseUrl, options }: BoundProfile, cacheFolder: string): string {
  const owner = JSON.stringify([
    profile.name,
    provider.id,
    protocol.id,
    baseUrl ?? null,
    options,
    profile.query_params,
  ]);
  return join(cacheFolder, 'models', `${createHash('sha256').update(owner, 'utf8').digest('hex').slice(0, 32)}.json`);
}
