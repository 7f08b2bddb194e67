import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { launch } from '../../src/launcher/launch.ts';
import { refusalOf } from '../support/refusal-of.ts';

const WRAPPER = fileURLToPath(new URL('support/launch-process.ts', import.meta.url));
const STAY = 'setInterval(() => {}, 1000);';

describe('launching claude', () => {
  let wrapper: ChildProcess | undefined;
  afterEach(() => {
    if (wrapper?.exitCode === null && wrapper.signalCode === null) wrapper.kill('SIGKILL');
  });

  const run = (script: string): Promise<number> =>
    launch({
      executable: process.execPath,
      arguments: ['--eval', script],
      environment: { ...process.env, GREETING: 'hello' },
    });

  /** Starts a wrapper around a script that prints `ready`, and waits for that. */
  async function wrapped(script: string): Promise<{ child: ChildProcess; lines: () => Promise<string> }> {
    const child = spawn(process.execPath, [WRAPPER, script], { stdio: ['ignore', 'pipe', 'inherit'] });
    wrapper = child;
    const reader = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const lines = async (): Promise<string> => String((await reader.next()).value);
    expect(await lines()).to.equal('ready');
    return { child, lines };
  }

  it('returns the exit code', async () => {
    expect(await run('process.exitCode = 7')).to.equal(7);
    expect(await run('')).to.equal(0);
  });

  it('returns 128 and the number of the signal that ended it', async () => {
    expect(await run(`process.kill(process.pid, "SIGTERM"); ${STAY}`)).to.equal(143);
    expect(await run(`process.kill(process.pid, "SIGKILL"); ${STAY}`)).to.equal(137);
  });

  it('hands over the environment as it was built', async () => {
    expect(await run('process.exitCode = process.env.GREETING === "hello" ? 0 : 1')).to.equal(0);
  });

  it('says what cannot be started', async () => {
    const error = await refusalOf(launch({ executable: '/no/such/claude', arguments: [], environment: {} }));
    expect(error).to.include({ code: 'claude-did-not-start', exitCode: 1 });
    expect(String(error)).to.include('/no/such/claude');
  });

  it('leaves the signals as it found them', async () => {
    const names = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP'] as const;
    const before = names.map((name) => process.listenerCount(name));
    await run('');
    expect(names.map((name) => process.listenerCount(name))).to.deep.equal(before);
  });

  for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
    it(`passes ${signal} on and waits for the end`, async () => {
      const { child, lines } = await wrapped(
        `process.on("${signal}", () => { console.log("got it"); setTimeout(() => process.exit(5), 50); }); console.log("ready"); ${STAY}`,
      );
      child.kill(signal);
      expect(await lines()).to.equal('got it');
      expect(await once(child, 'exit')).to.deep.equal([5, null]);
    });
  }

  it('outlives SIGINT as long as claude does', async () => {
    const { child, lines } = await wrapped(
      `process.on("SIGTERM", () => { console.log("still here"); process.exit(0); }); console.log("ready"); ${STAY}`,
    );
    child.kill('SIGINT');
    child.kill('SIGTERM');
    expect(await lines()).to.equal('still here');
    expect(await once(child, 'exit')).to.deep.equal([0, null]);
  });
});
