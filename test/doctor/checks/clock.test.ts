import { expect } from 'chai';
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkClock } from '../../../src/doctor/checks/clock.ts';
import type { Diagnosis } from '../../../src/doctor/finding.ts';
import { freePort } from '../../support/free-port.ts';
import { serve, type SeenRequest, type TestServer } from '../../support/serve.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { installationIn } from '../support/installation.ts';

const MINUTE_MS = 60_000;

describe('doctor: the clock', () => {
  const folder = temporaryFolder();
  let server: TestServer | undefined;
  const seen: SeenRequest[] = [];
  afterEach(async () => {
    await server?.stop();
    server = undefined;
    seen.length = 0;
  });

  /** Starts a provider whose clock differs by so much, in milliseconds. */
  async function provider(differenceMs: number, status = 404): Promise<string> {
    server = await serve((request, response) => {
      seen.push(request);
      const date = new Date(Date.now() + differenceMs).toUTCString();
      response.writeHead(status, { date, location: 'http://127.0.0.1:9/' }).end('hello');
    });
    return server.url;
  }
  async function judge(baseUrl: string, offline = false): Promise<readonly Diagnosis[]> {
    const installation = installationIn(folder(), { offline });
    const profile = `[[profiles]]\nname = "p"\nprovider_type = "OpenAICompatible"\nbase_url = "${baseUrl}"\ndefault_model = "m"\napi_key = "canary-key-0123"\n`;
    writeFileSync(join(folder(), 'config', 'config.toml'), profile, { mode: 0o600 });
    return checkClock(installation);
  }

  it('is right when the provider of the default profile agrees', async () => {
    const url = await provider(MINUTE_MS);
    const found = await judge(url);
    expect(found.map(({ id, state, title }) => [id, state, title])).to.deep.equal([
      ['provider', 'ok', 'The provider of profile p can be reached'],
      ['clock', 'ok', 'The clock is right'],
    ]);
    expect(JSON.stringify(seen)).to.not.contain('canary');
  });

  it('is wrong when the provider says so', async () => {
    const slow = (await judge(await provider(10 * MINUTE_MS))).at(-1);
    expect(slow).to.include({ id: 'clock', state: 'problem', title: 'The clock is wrong' });
    expect(slow?.detail).to.match(/^It is (?:9|10|11) minutes slow/);
    await server?.stop();
    expect((await judge(await provider(-60 * MINUTE_MS))).at(-1)?.detail).to.contain('minutes fast');
  });

  it('warns when nobody answers, and asks nobody when it is offline', async () => {
    const url = `http://127.0.0.1:${await freePort()}`;
    const [found] = await judge(url);
    expect(found).to.include({ id: 'provider', state: 'warning' });
    expect(found?.detail).to.contain('ECONNREFUSED');
    expect(found?.remedy).to.contain('claudex profile test p');
    expect((await judge(await provider(-60 * MINUTE_MS), true))[0]).to.include({
      state: 'ok',
      title: 'The clock is plausible',
    });
    expect(seen).to.deep.equal([]);
  });

  it('makes nothing of a redirect', async () => {
    expect((await judge(await provider(0, 302)))[0]).to.include({ id: 'clock', state: 'ok' });
  });

  it('cannot be right when files are from later', async () => {
    const installation = installationIn(folder());
    const log = join(folder(), 'data', 'state', 'proxy.log');
    writeFileSync(log, '');
    expect((await checkClock(installation))[0]).to.include({ state: 'ok' });
    const later = new Date(Date.now() + 60 * MINUTE_MS);
    utimesSync(log, later, later);
    const [found] = await checkClock(installation);
    expect(found).to.include({ id: 'clock', state: 'problem' });
    expect(found?.detail).to.contain('but files are from');
  });
});
