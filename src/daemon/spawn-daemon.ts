import { spawn, type ChildProcess } from 'node:child_process';
import { constants } from 'node:fs';
import { access, open, type FileHandle } from 'node:fs/promises';
import { parse } from 'node:path';
import { failure, messageOf } from '../errors/index.ts';
import { makePrivateFolder } from '../state/index.ts';
import { LOG_FILE_BYTES, OLD_LOG_FILES, openLog, proxyLogFile } from './log/log-file.ts';
import { fileNamed, rotate } from './log/rotate.ts';

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
  /** The last lines that it, or another starter at the same time, wrote to the log; none where that cannot be read. */
  lastLines(count: number): Promise<string[]>;
  /** Why nothing that it prints is kept; absent when it is. */
  readonly unlogged?: string;
}

/**
 * Starts a process in a session of its own, so that it outlives this one and no terminal signal reaches it. It starts also
 * where no log can be written.
 */
export async function spawnDaemon(launch: DaemonLaunch): Promise<SpawnedDaemon> {
  const logFile = proxyLogFile(launch.stateFolder);
  const log = await openOutput(launch.stateFolder, logFile);
  if (typeof log === 'string') return { ...(await start(launch, 'ignore')), lastLines: noLines, unlogged: log };
  try {
    const { size } = await log.stat();
    const started = await start(launch, log.fd);
    return { ...started, lastLines: (count) => readLastLines(logFile, size, count).catch(noLines) };
  } finally {
    await log.close().catch(() => undefined);
  }
}

/** The log for what the process itself prints, such as a crash, or why there is none. */
async function openOutput(stateFolder: string, logFile: string): Promise<FileHandle | string> {
  try {
    await makePrivateFolder(stateFolder);
    // Its output stays with the file that it began with: that should be a young one.
    const named = await fileNamed(logFile);
    if (named && named.size >= LOG_FILE_BYTES) await rotate(logFile, OLD_LOG_FILES, named).catch(() => undefined);
    return await openLog(logFile);
  } catch (error) {
    return messageOf(error);
  }
}

async function start(
  { command: [program, ...args], environment, workingFolder }: DaemonLaunch,
  output: number | 'ignore',
): Promise<Pick<SpawnedDaemon, 'child' | 'ending'>> {
  const cwd = await usableFolder(workingFolder);
  const child = orExplained(() =>
    spawn(program, args, { cwd, env: environment, detached: true, stdio: ['ignore', output, output] }),
  );
  child.unref();
  let ending: ReturnType<SpawnedDaemon['ending']>;
  child.once('error', (error) => (ending ??= { clean: false, how: error.message }));
  child.once('exit', (code, signal) => (ending ??= { clean: code === 0, how: signal ?? `exit code ${code}` }));
  return { child, ending: () => ending };
}

/** Most of what keeps the system from starting a process is told later, to a listener; the rest is thrown. */
function orExplained(begin: () => ChildProcess): ChildProcess {
  try {
    return begin();
  } catch (error) {
    throw failure(
      'proxy-did-not-start',
      `the system cannot start a process for the proxy: ${messageOf(error)}`,
      'Free some memory, or shorten what is very long in the environment or as proxy_token.',
      error,
    );
  }
}

/** Its working folder may be the state folder, which cannot be made on every disk. */
async function usableFolder(folder: string): Promise<string> {
  // A folder named as one, so that a file is none.
  const canBeEntered = await access(`${folder}/`, constants.X_OK).then(
    () => true,
    () => false,
  );
  return canBeEntered ? folder : parse(folder).root;
}

function noLines(): Promise<string[]> {
  return Promise.resolve([]);
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
