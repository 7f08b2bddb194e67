import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { isHealthy, startProxyProcess } from '../faults/support/proxy-process.ts';
import { listeningOf, loopbackPlace } from './support/listening.ts';

/** Where Node's debugger listens when it is woken. */
const DEBUGGER_PORT = 9229;

describe('signals to the proxy', function () {
  this.timeout(60_000);
  let home: IsolatedHome;
  let port: number;
  beforeEach(async () => {
    port = await freePort();
    home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(port) });
  });
  afterEach(() => home.close());

  it('SEC-48: open no debugger, write no memory to disk and do not end it in the background', async function () {
    if (process.platform !== 'linux') return this.skip();
    const { stdout } = await runCli(home, ['proxy', 'start', '--daemon', '--json']);
    const { pid } = JSON.parse(stdout) as { pid: number };
    await expectUnmoved(pid, port);
    return undefined;
  });

  it('SEC-48: open no debugger, write no memory to disk and do not end it in a terminal', async function () {
    if (process.platform !== 'linux') return this.skip();
    const proxy = await startProxyProcess({ config: '', home });
    await expectUnmoved(proxy.pid, proxy.port);
    proxy.child.kill('SIGTERM');
    expect(await once(proxy.child, 'exit')).to.deep.equal([0, null]);
    expect(proxy.output()).not.to.match(/debugger/i);
    return undefined;
  });
});

async function expectUnmoved(pid: number, port: number): Promise<void> {
  for (const signal of ['SIGUSR1', 'SIGUSR1', 'SIGWINCH', 'SIGPIPE'] as const) process.kill(pid, signal);
  await wait(500);
  expect(listeningOf(pid)).to.deep.equal([loopbackPlace(port)]);
  expect(listeningOf(pid)).not.to.include(loopbackPlace(DEBUGGER_PORT));
  expect(await isHealthy(port)).to.equal(true);
}
