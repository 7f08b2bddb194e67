import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { OwnHome } from '../processes/own-home.ts';
import type { Pinning } from '../processes/pinning.ts';
import { claudexArguments } from '../proxy/programs.ts';

const REPORT_DELAY = join(import.meta.dirname, 'report-delay.cjs');
const LIMIT_MS = 30_000;

/** How long the event loop of a process was held up: the longest time, and the mean of all. */
export interface LoopDelay {
  readonly longestMs: number;
  readonly meanMs: number;
}

/** The real proxy, whose event loop can be watched. */
export interface ObservedProxy extends AsyncDisposable {
  readonly port: number;
  /** Watches the loop while `work` runs. */
  watch(work: () => Promise<void>): Promise<LoopDelay>;
}

/**
 * Starts the proxy as users do. Unlike what other benches measure it has both cores: its worker would share a single
 * one with the loop, and the figure would be about the scheduler.
 */
export async function startObservedProxy(home: OwnHome, pinning: Pinning | undefined): Promise<ObservedProxy> {
  const args = await claudexArguments();
  const log = openSync(home.logFile('count'), 'a');
  const [file, before] = onBothCores(pinning);
  const child = spawn(file, [...before, '--require', REPORT_DELAY, ...args], {
    cwd: home.folder,
    env: home.environment,
    stdio: ['ignore', 'ignore', log, 'ipc'],
  });
  closeSync(log);
  const ask = async (question: string): Promise<unknown> => {
    const answer = once(child, 'message', { signal: AbortSignal.timeout(LIMIT_MS) });
    child.send(question);
    return ((await answer) as unknown[])[0];
  };
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    await exited;
  };
  const port = Number(args.at(-1));
  try {
    await untilHealthy(port);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    port,
    watch: async (work) => {
      await ask('start');
      await work();
      return (await ask('stop')) as LoopDelay;
    },
    [Symbol.asyncDispose]: stop,
  };
}

/** A process inherits the single core that this one has, so it must be given the other one again. */
function onBothCores(pinning: Pinning | undefined): [file: string, before: string[]] {
  if (pinning === undefined) return [process.execPath, []];
  return ['taskset', ['-c', `${pinning.measured},${pinning.others}`, process.execPath]];
}

async function untilHealthy(port: number): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  while (performance.now() < end) {
    try {
      if ((await fetch(`http://127.0.0.1:${port}/health`)).ok) return;
    } catch {
      // It does not listen yet.
    }
    await pause(10);
  }
  throw new Error(`the proxy did not answer within ${LIMIT_MS / 1000} s`);
}
