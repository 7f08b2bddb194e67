import { expect } from 'chai';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkDaemon } from '../../../src/doctor/checks/daemon.ts';
import { checkStaleRecords } from '../../../src/doctor/checks/stale-records.ts';
import { serveFakeDaemon } from '../../daemon/support/fake-daemon.ts';
import { freePort } from '../../support/free-port.ts';
import { serve, type TestServer } from '../../support/serve.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { installationIn } from '../support/installation.ts';

const TOKEN = 'the-token-of-this-install';

describe('doctor: the proxy', () => {
  const folder = temporaryFolder();
  const servers: TestServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });
  const started = async (server: Promise<TestServer>): Promise<TestServer> => {
    servers.push(await server);
    return server;
  };
  const judge = (port: number, token: string | undefined = TOKEN) =>
    checkDaemon(
      installationIn(folder(), {
        environment: {
          CLAUDEX_PROXY_PORT: String(port),
          ...(token === undefined ? {} : { CLAUDEX_PROXY_TOKEN: token }),
        },
      }),
    );

  it('cannot be looked for with a token that cannot be read, which is one finding', async () => {
    const installation = installationIn(folder());
    symlinkSync(join(folder(), 'elsewhere'), join(folder(), 'data', 'state', 'proxy-token'));
    const [found, ...more] = [...(await checkDaemon(installation)), ...(await checkStaleRecords(installation))];
    expect(more).to.deep.equal([]);
    expect(found).to.include({ id: 'proxy', state: 'problem' });
    expect(found?.title).to.contain('without the token');
    expect(found?.detail).to.contain('proxy-token is a symbolic link');
    expect(found?.remedy).to.contain('Remove the link');
  });

  it('need not run', async () => {
    const [found] = await judge(await freePort());
    expect(found).to.include({ id: 'proxy', state: 'ok', title: 'The proxy does not run' });
  });

  it('is fine with the version of this command, or a newer one', async () => {
    const { port } = await started(serveFakeDaemon({ token: TOKEN, version: '1.2.3' }));
    expect((await judge(port))[0]).to.include({
      state: 'ok',
      title: `The proxy runs on port ${port}, version 1.2.3`,
      detail: 'up 7 s, 0 sessions',
    });
    const newer = await started(serveFakeDaemon({ token: TOKEN, version: '2.0.0' }));
    const [found] = await judge(newer.port);
    expect(found).to.include({ state: 'ok' });
    expect(found?.detail).to.contain('newer than this command (1.2.3)');
  });

  it('is to be replaced when it is older', async () => {
    const { port } = await started(serveFakeDaemon({ token: TOKEN, version: '1.0.0' }));
    const [found] = await judge(port);
    expect(found).to.include({ id: 'proxy', state: 'warning' });
    expect(found?.remedy).to.contain('claudex proxy restart');
    expect(found?.fix).to.be.a('function');
  });

  it('is not replaced while somebody uses it', async () => {
    const { port } = await started(serveFakeDaemon({ token: TOKEN, version: '1.0.0', sessions: [{}] }));
    const [found] = await judge(port);
    expect(found).to.include({ state: 'warning' });
    expect(found?.detail).to.contain('1 session;');
    expect(found?.fix).to.equal(undefined);
  });

  it('says when it does not follow the configuration', async () => {
    const problem = { message: 'config.toml:1:1: nonsense' };
    const { port } = await started(serveFakeDaemon({ token: TOKEN, version: '1.2.3', configuration: { problem } }));
    const found = (await judge(port)).find(({ state }) => state === 'problem');
    expect(found?.detail).to.contain('config.toml:1:1: nonsense');
  });

  it('names who has taken its port', async () => {
    const { port } = await started(serve((_request, response) => void response.end('hello')));
    const [found] = await judge(port);
    expect(found).to.include({ id: 'port', state: 'problem', title: `Port ${port} is taken` });
    expect(found?.detail).to.contain(String(process.platform === 'linux' ? process.pid : port));
    expect((await judge(port, undefined))[0]).to.include({ id: 'port' });
  });

  it('leaves records behind when it dies, which are removed', async () => {
    const { port } = await started(serveFakeDaemon({ token: TOKEN }));
    const dead = await freePort();
    const daemons = join(folder(), 'data', 'state', 'daemons');
    const installation = installationIn(folder(), { environment: { CLAUDEX_PROXY_TOKEN: TOKEN } });
    expect((await checkStaleRecords(installation))[0]).to.include({ id: 'records', state: 'ok' });
    mkdirSync(daemons, { mode: 0o700 });
    for (const recorded of [port, dead]) {
      const record = { host: '127.0.0.1', port: recorded, pid: 999_999_999, version: '1', started_at: 'x' };
      writeFileSync(join(daemons, `${recorded}.json`), JSON.stringify(record), { mode: 0o600 });
    }
    const found = await checkStaleRecords(installation);
    expect(found.map(({ state, detail }) => [state, detail])).to.deep.equal([
      ['warning', `${join(daemons, `${dead}.json`)} speaks of a proxy that is gone (pid 999999999).`],
    ]);
    expect(await found[0]?.fix?.()).to.contain(`removed`);
    expect(existsSync(join(daemons, `${dead}.json`))).to.equal(false);
    expect(existsSync(join(daemons, `${port}.json`))).to.equal(true);
    expect(await found[0]?.fix?.()).to.equal(undefined);
  });
});
