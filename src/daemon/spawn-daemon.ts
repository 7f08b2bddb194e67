import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, messageOf, systemCodeOf } from '../errors/index.ts';
import { makePrivateFolder } from '../state/index.ts';

/** How to start a daemon process. */
export interface DaemonLaunch {
  /** The program and its arguments. */
  readonly command: readonly [string, ...string[]];
  readonly environment: NodeJS.ProcessEnv;
  readonly workingFolder: string;
  /** Its output goes to `proxy.log` here. */
  readonly stateFolder: string;
}

/** A daemon process of this process's own making that may not answer yet. */
export interface SpawnedDaemon {
  readonly child: ChildProcess;
  /** Why the process is gone, e.g. `exit code 1`; `undefined` while it runs. */
  ending(): { readonly clean: boolean; readonly how: string } | undefined;
  /** The last lines that it, or another starter at the same time, wrote to the log. */
  lastLines(count: number): Promise<string[]>;
}

/** Starts a process in a session of its own, so that it outlives this one and no terminal signal reaches it. */
export async function spawnDaemon(launch: DaemonLaunch): Promise<SpawnedDaemon> {
  await makePrivateFolder(launch.stateFolder);
  const logFile = proxyLogFile(launch.stateFolder);
  const log = await openLog(logFile);
  try {
    const { size } = await log.stat();
    const [program, ...args] = launch.command;
    const child = spawn(program, args, {
      cwd: launch.workingFolder,
      env: launch.environment,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    child.unref();
    let ending: ReturnType<SpawnedDaemon['ending']>;
    child.once('error', (error) => (ending ??= { clean: false, how: error.message }));
    child.once('exit', (code, signal) => (ending ??= { clean: code === 0, how: signal ?? `exit code ${code}` }));
    return { child, ending: () => ending, lastLines: (count) => readLastLines(logFile, size, count) };
  } finally {
    await log.close();
  }
}

/** The one log file of the proxy. */
export function proxyLogFile(stateFolder: string): string {
  return join(stateFolder, 'proxy.log');
}

/** Never follows a link, and does not wait for a reader where somebody has put a pipe. */
async function openLog(file: string): Promise<FileHandle> {
  try {
    const { O_WRONLY, O_APPEND, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = constants;
    return await open(file, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
  } catch (error) {
    const code = systemCodeOf(error) ?? messageOf(error);
    throw failure('log-unusable', `the log ${file} cannot be written (${code})`, `Remove ${file}.`, error);
  }
}

async function readLastLines(file: string, from: number, count: number): Promise<string[]> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { size } = await handle.stat();
    const start = Math.max(from, size - 16 * 1024);
    const { buffer, bytesRead } = await handle.read({
      buffer: Buffer.alloc(Math.max(0, size - start)),
      position: start,
    });
    return buffer.toString('utf8', 0, bytesRead).trimEnd().split('\n').slice(-count);
  } finally {
    await handle.close();
  }
}
