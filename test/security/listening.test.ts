import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect } from 'chai';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome } from '../support/isolated-home.ts';
import { FaultStage } from '../faults/support/fault-stage.ts';
import { isHealthy } from '../faults/support/proxy-process.ts';
import { listeningOf, loopbackPlace } from './support/listening.ts';

/** Addresses under which other machines reach this one. */
const OUTSIDE = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
  .map(({ address }) => address);

describe('where the proxy listens', () => {
  const stage = new FaultStage();
  before(() => stage.start());
  after(() => stage.close());

  it('SEC-10: is not reached by the addresses under which other machines know this one', async function () {
    if (OUTSIDE.length === 0) return this.skip();
    for (const address of [...OUTSIDE, '127.0.0.2'])
      expect(await isReached(address, stage.proxy.port), address).to.equal(false);
    expect(await isReached('127.0.0.1', stage.proxy.port)).to.equal(true);
    return undefined;
  });

  it('SEC-10: listens on 127.0.0.1 and nowhere else', function () {
    if (process.platform !== 'linux') return this.skip();
    expect(listeningOf(stage.proxy.pid)).to.deep.equal([loopbackPlace(stage.proxy.port)]);
    return undefined;
  });
});

describe('an address beyond this machine', () => {
  for (const host of [
    '0.0.0.0',
    '::',
    '::ffff:0.0.0.0',
    ...OUTSIDE.slice(0, 1),
    'proxy.example',
    '127.0.0.1.evil.example',
  ])
    it(`SEC-11: is refused with exit code 2 until it is permitted: ${host}`, async () => {
      const home = await isolatedHome();
      try {
        const port = await freePort();
        await home.writeConfig(`proxy_host = "${host}"\nproxy_port = ${port}\n`);
        const commands = [
          ['proxy', 'start'],
          ['proxy', 'start', '--daemon'],
          ['run', 'demo'],
        ];
        for (const { code, stderr } of await Promise.all(commands.map((args) => runCli(home, args)))) {
          expect(code, stderr).to.equal(2);
          expect(stderr).to.include('proxy_host').and.to.include('proxy_allow_remote');
        }
        expect(await isHealthy(port)).to.equal(false);
      } finally {
        await home.close();
      }
    });
});

/** Whether somebody takes a connection there. */
function isReached(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 });
    const say = (answer: boolean) => (): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('connect', say(true)).on('error', say(false)).on('timeout', say(false));
  });
}
