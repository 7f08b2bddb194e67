import { spawn } from 'node:child_process';
import { pinned, type Pinning } from './pinning.ts';
import { readUsage, REPORT_USAGE, type Usage } from './usage.ts';

const LIMIT_MS = 30_000;
/** The first descriptor after the standard ones. */
const USAGE_DESCRIPTOR = 3;

/** Where and how a program runs. */
export interface RunSettings {
  readonly environment: NodeJS.ProcessEnv;
  readonly workingFolder: string;
  readonly pinning: Pinning | undefined;
}

/** What a program that ended well used and printed. */
export interface Ended extends Usage {
  /** From before it was started until it had ended. */
  readonly wallMs: number;
  readonly output: string;
}

/** Runs `node` with these arguments to its end. Throws unless it ends with code 0 within half a minute. */
export function runMeasured(nodeArgs: readonly string[], settings: RunSettings): Promise<Ended> {
  const [file, args] = pinned(settings.pinning, process.execPath, [...REPORT_USAGE, ...nodeArgs]);
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: settings.workingFolder,
      env: { ...settings.environment, BENCH_USAGE_FD: String(USAGE_DESCRIPTOR) },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
      timeout: LIMIT_MS,
    });
    const heard = ['', '', '', ''];
    child.stdio.forEach((stream, descriptor) => {
      stream?.on('data', (piece: Buffer) => (heard[descriptor] += piece.toString('utf8')));
    });
    child.on('error', reject);
    child.on('close', (code) => {
      const [, output = '', complaint = '', report = ''] = heard;
      if (code !== 0) return reject(new Error(`node ${nodeArgs.join(' ')} ended with ${code}: ${complaint}`));
      return resolve({ ...readUsage(JSON.parse(report)), wallMs: performance.now() - startedAt, output });
    });
  });
}
