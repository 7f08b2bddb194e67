import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../../support/isolated-home.ts';
import { runProcess, type ProcessResult } from '../../support/run-process.ts';
import { nodeBinary } from './node-binary.ts';
import { npm, pathWith } from './npm.ts';

/** The packed program, installed in an empty folder by a user with an empty home. */
export interface InstalledClaudex {
  readonly home: IsolatedHome;
  readonly port: number;
  /** Everything npm said; requests to the registry are in it. */
  readonly npmOutput: string;
  run(...args: string[]): Promise<ProcessResult>;
  /** What npm has put on disk, by path. */
  tree(): Promise<{ [path: string]: { readonly inBundle?: boolean; readonly version?: string } }>;
}

/** Installs a tarball with an exact Node version and the npm of this machine. */
export async function installWith(version: string, tarball: string): Promise<InstalledClaudex> {
  const node = nodeBinary(version);
  const port = await freePort();
  const home = await isolatedHome({ PATH: pathWith(node), CLAUDEX_PROXY_PORT: String(port) });
  const { stdout, stderr } = await npm(node, ['install', tarball], home.work, home.environment);
  return {
    home,
    port,
    npmOutput: stdout + stderr,
    run: (...args) =>
      runProcess(join(home.work, 'node_modules', '.bin', 'claudex'), args, {
        cwd: home.work,
        environment: home.environment,
      }),
    async tree() {
      const file = join(home.work, 'node_modules', '.package-lock.json');
      return JSON.parse(await readFile(file, 'utf8')).packages;
    },
  };
}
