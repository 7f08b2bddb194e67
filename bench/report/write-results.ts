import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, platform } from 'node:os';
import { join } from 'node:path';
import type { Pinning } from '../processes/pinning.ts';
import type { Effort } from '../measure/effort.ts';
import type { Row } from './row.ts';

/** Where results go; git ignores it. */
const RESULTS = join(import.meta.dirname, '..', 'results');

/** What a run was like: without it its figures mean nothing. */
export interface Circumstances {
  readonly effort: Effort;
  readonly pinning: Pinning | undefined;
  readonly seconds: number;
}

/** Writes a run's rows as JSON and returns the path of the file. */
export function writeResults(rows: readonly Row[], circumstances: Circumstances): string {
  const date = new Date().toISOString();
  const machine = {
    platform: platform(),
    arch: arch(),
    cores: availableParallelism(),
    model: cpus()[0]?.model ?? 'unknown',
  };
  mkdirSync(RESULTS, { recursive: true });
  const path = join(RESULTS, `${date.replaceAll(':', '-')}.json`);
  writeFileSync(
    path,
    `${JSON.stringify({ date, node: process.version, machine, ...circumstances, rows }, undefined, 2)}\n`,
  );
  return path;
}
