import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CLAUDEX, runCli } from '../../support/cli.ts';
import { freePort } from '../../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../../support/isolated-home.ts';
import type { ProcessOptions } from '../../support/run-process.ts';
import { waitUntil } from '../../support/wait-until.ts';

/** What `proxy status --json` prints, as far as tests look at it. */
export interface ShownStatus {
  readonly running: boolean;
  readonly pid: number | null;
  readonly version: string | null;
  readonly profiles: { readonly [name: string]: { readonly sessions: number } | undefined };
  readonly daemons: readonly { readonly port: number; readonly pid: number }[];
}

/** A user with a port of their own for the proxy. */
export interface ProxyUser {
  readonly home: IsolatedHome;
  readonly port: number;
  readonly recordFile: string;
  /** Runs `claudex proxy … --json` and returns what it printed. */
  json(args: readonly string[], options?: Partial<ProcessOptions>): Promise<Record<string, unknown>>;
  status(): Promise<ShownStatus>;
  token(): Promise<string>;
  /** Starts `claudex proxy start` in the foreground; resolves when it is written down. Killed by `close`. */
  foreground(...args: string[]): Promise<ChildProcess>;
  close(): Promise<void>;
}

/** Makes a {@link ProxyUser} with a home of their own. */
export async function proxyUser(): Promise<ProxyUser> {
  const port = await freePort();
  const home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(port) });
  const children: ChildProcess[] = [];
  const recordFile = join(home.home, '.local/share/claudex/state/daemons', `${port}.json`);
  const json = async (args: readonly string[], options: Partial<ProcessOptions> = {}) =>
    JSON.parse((await runCli(home, ['proxy', ...args, '--json'], options)).stdout) as Record<string, unknown>;
  return {
    home,
    port,
    recordFile,
    json,
    status: async () => (await json(['status'])) as unknown as ShownStatus,
    token: async () => {
      return (await readFile(join(home.home, '.local/share/claudex/state/proxy-token'), 'utf8')).trim();
    },
    async foreground(...args) {
      const child = spawn(process.execPath, [CLAUDEX, 'proxy', 'start', ...args], {
        cwd: home.work,
        env: { ...home.environment },
        stdio: 'ignore',
      });
      children.push(child);
      await waitUntil('the proxy to be written down', () => existsSync(recordFile));
      return child;
    },
    async close() {
      for (const child of children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await home.close();
    },
  };
}
