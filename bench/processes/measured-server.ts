import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import type { CpuProfile } from '../report/top-self-time.ts';
import { pinned, type Pinning } from './pinning.ts';
import { readHeld, readUsage, REPORT_USAGE, type Held, type Usage } from './usage.ts';

/** For starting, and for an answer over IPC. */
const LIMIT_MS = 30_000;
const STOP_MS = 15_000;

/** A server process whose usage can be asked for. */
export interface MeasuredServer {
  readonly port: number;
  usage(): Promise<Usage>;
  /** Collects garbage and tells what is left. */
  held(): Promise<Held>;
  /** Takes a CPU profile while `work` runs. */
  profile(work: () => Promise<void>): Promise<CpuProfile>;
  stop(): Promise<void>;
}

/** How a server is started. */
export interface ServerStart {
  /** What follows `node`. The program prints a JSON object with its `port` on stdout when it listens. */
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly workingFolder: string;
  /** Takes what it writes to stderr. */
  readonly logFile: string;
  readonly pinning: Pinning | undefined;
}

/** Starts a server on the measured core and waits until it listens. Throws when it does not within half a minute. */
export async function startServer(start: ServerStart): Promise<MeasuredServer> {
  const log = openSync(start.logFile, 'a');
  const [file, args] = pinned(start.pinning, process.execPath, [...REPORT_USAGE, ...start.args]);
  const child = spawn(file, args, {
    cwd: start.workingFolder,
    env: start.environment,
    stdio: ['ignore', 'pipe', log, 'ipc'],
  });
  closeSync(log);
  try {
    const port = await portOf(child);
    return {
      port,
      usage: async () => readUsage(await ask(child, 'usage')),
      held: async () => readHeld(await ask(child, 'held')),
      profile: (work) => profile(child, work),
      stop: () => stop(child),
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`${start.args.join(' ')} did not start; its log is ${start.logFile}`, { cause: error });
  }
}

function portOf(child: ChildProcess): Promise<number> {
  let heard = '';
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`it did not listen within ${LIMIT_MS / 1000} s`)), LIMIT_MS);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      heard += text;
      const port = /"port":\s*(\d+)\D/.exec(heard)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`it ended with ${code}`));
    });
  });
}

async function profile(child: ChildProcess, work: () => Promise<void>): Promise<CpuProfile> {
  await ask(child, 'start profile');
  await work();
  return (await ask(child, 'stop profile')) as CpuProfile;
}

async function ask(child: ChildProcess, question: string): Promise<unknown> {
  const answer = once(child, 'message', { signal: AbortSignal.timeout(LIMIT_MS) });
  child.send(question);
  const [value] = (await answer) as [unknown];
  return value;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await exited;
  clearTimeout(timer);
}
