import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DAEMON_NODE_OPTIONS } from '../../../src/daemon/index.ts';
import { CLAUDEX } from '../../support/cli.ts';
import { freePort } from '../../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../../support/isolated-home.ts';
import { waitUntil } from '../../support/wait-until.ts';

/** The program, serving in a process of its own for a user of its own. */
export interface ProxyProcess {
  readonly port: number;
  readonly pid: number;
  readonly home: IsolatedHome;
  readonly child: ChildProcess;
  /** Everything it wrote, to its channels and to files of its log. */
  output(): string;
  /** Ends it by SIGTERM and removes the user. */
  close(): Promise<void>;
}

/** How a process is started. */
export interface ProcessSettings {
  readonly config: string;
  readonly environment?: { readonly [name: string]: string };
  /** What a shell does before it becomes the program, e.g. `ulimit -n 256`. */
  readonly shell?: string;
  /** A home to start in again. */
  readonly home?: IsolatedHome;
  readonly port?: number;
}

/** Ports that were free may be taken by a connection before they are used. */
const PORTS_TRIED = 5;

/** Starts `claudex proxy start` with this configuration, and waits until it answers. */
export async function startProxyProcess(settings: ProcessSettings): Promise<ProxyProcess> {
  const home = settings.home ?? (await isolatedHome());
  await home.writeConfig(settings.config);
  for (let tried = 1; ; tried += 1) {
    const port = settings.port ?? (await freePort());
    const heard: string[] = [];
    const child = spawnProgram(home, port, settings);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => heard.push(text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => heard.push(text));
    await waitUntil('the proxy to answer', async () => hasEnded(child) || isHealthy(port));
    if (!hasEnded(child)) return processOf(home, port, child, heard);
    const said = heard.join('');
    if (tried === PORTS_TRIED || settings.port !== undefined || !said.includes('port-taken'))
      throw new Error(`the proxy ended: ${said}`);
  }
}

function processOf(home: IsolatedHome, port: number, child: ChildProcess, heard: readonly string[]): ProxyProcess {
  return {
    port,
    pid: child.pid ?? 0,
    home,
    child,
    output: () => `${heard.join('')}${logsOf(home)}`,
    async close() {
      if (!hasEnded(child)) {
        child.kill('SIGTERM');
        await once(child, 'exit');
      }
      await home.close();
    },
  };
}

/** Whether a proxy answers on this port. */
export async function isHealthy(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.status === 200;
}

/** Whether a child has ended, by itself or by a signal. */
export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function spawnProgram(home: IsolatedHome, port: number, { environment, shell }: ProcessSettings): ChildProcess {
  // As `claudex run` starts it.
  const program = [process.execPath, ...DAEMON_NODE_OPTIONS, CLAUDEX, 'proxy', 'start', '-p', String(port)];
  const [file = '', ...args] = shell === undefined ? program : ['sh', '-c', `${shell}; exec "$@"`, 'sh', ...program];
  return spawn(file, args, {
    cwd: home.work,
    env: { ...home.environment, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function logsOf(home: IsolatedHome): string {
  const state = join(home.home, '.local/share/claudex/state');
  if (!existsSync(state)) return '';
  const files = readdirSync(state).filter((name) => name.includes('.log'));
  return files.map((name) => readFileSync(join(state, name), 'utf8')).join('');
}
