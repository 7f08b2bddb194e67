import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { makePrivateFolder } from '../state/index.ts';
import { LOG_FILE_BYTES, OLD_LOG_FILES, openLog, proxyLogFile } from './log/log-file.ts';
import { fileNamed, rotate } from './log/rotate.ts';

export { proxyLogFile } from './log/log-file.ts';

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
  // What the process prints itself, such as a crash, stays with the file that it began with: that should be a young one.
  const named = await fileNamed(logFile);
  if (named && named.size >= LOG_FILE_BYTES) await rotate(logFile, OLD_LOG_FILES, named);
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
