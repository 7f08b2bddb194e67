import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { processesWithHome, type RunningProcess } from './running-processes.ts';
import { runProcess } from './run-process.ts';
import { ROOT } from './source-files.ts';
import { makeTemporaryFolder, removeFolder } from './temporary-folder.ts';
import { waitUntil } from './wait-until.ts';

/** A user of their own, with a home, a folder to work in and nothing else. */
export interface IsolatedHome {
  /** Holds everything below and is removed by `close`. */
  readonly root: string;
  readonly home: string;
  /** An empty folder outside the home. */
  readonly work: string;
  /** The whole environment for processes of this user; nothing of ours but PATH and compiled code is in it. */
  readonly environment: { readonly [name: string]: string };
  /** The global configuration, which does not exist yet. */
  readonly configFile: string;
  writeConfig(toml: string): Promise<void>;
  /** What still runs of the processes started with this environment, and of theirs. Always empty outside Linux. */
  processes(): RunningProcess[];
  /** Stops the proxies started here and removes the folder. Throws when anything else had been left running. */
  close(): Promise<void>;
}

/** Makes an {@link IsolatedHome}. `extra` is added to its environment. */
export async function isolatedHome(extra: { readonly [name: string]: string } = {}): Promise<IsolatedHome> {
  const root = makeTemporaryFolder();
  const home = join(root, 'home');
  const work = join(root, 'work');
  const temporary = join(root, 'tmp');
  await Promise.all([home, work, temporary].map((folder) => mkdir(folder, { recursive: true })));
  const configFile = join(home, '.config', 'claudex', 'config.toml');
  const environment = { ...environmentOf(home, temporary), ...extra };
  return {
    root,
    home,
    work,
    environment,
    configFile,
    async writeConfig(toml) {
      await mkdir(dirname(configFile), { recursive: true, mode: 0o700 });
      await writeFile(configFile, toml, { mode: 0o600 });
    },
    processes: () => processesWithHome(home),
    async close() {
      const left = await stopEverything(home, work, environment);
      removeFolder(root);
      if (left.length > 0) throw new Error(`still running after "proxy stop": ${JSON.stringify(left)}`);
    },
  };
}

function environmentOf(home: string, temporary: string): { [name: string]: string } {
  return {
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_CACHE_HOME: join(home, '.cache'),
    // Compiled code is the same for all of them, and compiling it anew is most of what a command costs.
    NODE_COMPILE_CACHE: join(ROOT, '.cache', 'compile-cache'),
    XDG_STATE_HOME: join(home, '.local', 'state'),
    TMPDIR: temporary,
    // Scripts that begin with `#!/usr/bin/env node` get the Node that runs the tests.
    PATH: [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter),
    LANG: 'C.UTF-8',
    TERM: 'dumb',
    CLAUDEX_DISABLE_AUTOUPDATE: '1',
  };
}

/** Returns what had to be killed. */
async function stopEverything(
  home: string,
  work: string,
  environment: { readonly [name: string]: string },
): Promise<RunningProcess[]> {
  if (process.platform === 'linux' && processesWithHome(home).length === 0) return [];
  const stop = [join(ROOT, 'bin', 'run.js'), 'proxy', 'stop'];
  // Whether it worked is seen by what still runs afterwards.
  await runProcess(process.execPath, stop, { cwd: work, environment, limitMs: 45_000 }).catch(() => undefined);
  const gone = waitUntil('all processes of this home to end', () => processesWithHome(home).length === 0, 5_000);
  if (await gone.catch(() => false)) return [];
  const left = processesWithHome(home);
  for (const { pid } of left) killQuietly(pid);
  return left;
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}
