import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isJsonObject, type ModelFacts } from '@claudex/sdk';
import { writePrivateFile } from '../../state/index.ts';
import type { PublicLists, PublicModels } from './trim-public.ts';

/** The public catalogue as it is remembered, as far as it concerns our providers. */
export interface KeptPublic {
  /** Where it is from. */
  readonly url: string;
  /** What was kept of it. */
  readonly lists: PublicLists;
  /** What the server called this version. */
  readonly etag?: string;
  /** When the server was asked last, in milliseconds since the epoch. */
  readonly askedAt: number;
  readonly models: PublicModels;
}

/** Raised when the shape changes: older files are then no catalogue. */
const VERSION = 2;
/** More is not kept, in characters. */
const MOST_CHARACTERS = 1_000_000;
/** What comes with a release may be newer than an older copy, in milliseconds. */
const OLDEST_MS = 30 * 24 * 3_600_000;

/** The file is read once as long as it stays the same, however many profiles ask. */
let read: { readonly stamp: string; readonly kept: KeptPublic | undefined } | undefined;

/** Reads the remembered catalogue, however old. Anything that is none is treated as absent. */
export function readKeptPublic(cacheFolder: string): KeptPublic | undefined {
  const path = fileIn(cacheFolder);
  const stamp = stampOf(path);
  if (stamp === undefined) return undefined;
  if (read?.stamp !== stamp) read = { stamp, kept: parse(path) };
  return read.kept;
}

/** What the remembered catalogue says about a provider's models, unless it is too old. */
export function publicFacts(provider: string, cacheFolder: string): readonly ModelFacts[] {
  const kept = readKeptPublic(cacheFolder);
  if (!kept || Date.now() - kept.askedAt > OLDEST_MS || !Object.hasOwn(kept.models, provider)) return [];
  return kept.models[provider] ?? [];
}

/** Remembers the catalogue. Returns what went wrong. */
export async function keepPublic(
  cacheFolder: string,
  kept: KeptPublic,
): Promise<'too-large' | 'unwritable' | undefined> {
  const text = JSON.stringify({ version: VERSION, ...kept });
  if (text.length > MOST_CHARACTERS) return 'too-large';
  try {
    await writePrivateFile(fileIn(cacheFolder), `${text}\n`);
    return undefined;
  } catch {
    return 'unwritable';
  }
}

/** The file is our own, so that an entry which has an id has the rest as it was written. */
function parse(path: string): KeptPublic | undefined {
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as unknown;
    if (!isJsonObject(kept) || kept['version'] !== VERSION || !isJsonObject(kept['models'])) return undefined;
    const { url, lists, etag, askedAt, models } = kept;
    if (!isJsonObject(lists)) return undefined;
    if (typeof url !== 'string' || typeof askedAt !== 'number' || !Number.isFinite(askedAt)) return undefined;
    if (!Object.values(models).every((list) => Array.isArray(list) && list.every(hasId))) return undefined;
    return {
      url,
      lists: lists as unknown as PublicLists,
      askedAt,
      models: models as unknown as PublicModels,
      ...(typeof etag === 'string' && { etag }),
    };
  } catch {
    return undefined;
  }
}

function hasId(value: unknown): boolean {
  return isJsonObject(value) && typeof value['id'] === 'string';
}

function stampOf(path: string): string | undefined {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return [path, mtimeMs, size, ino].join(' ');
  } catch {
    return undefined;
  }
}

function fileIn(cacheFolder: string): string {
  return join(cacheFolder, 'models', 'public.json');
}
