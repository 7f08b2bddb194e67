import { openai } from '@claudex/plugin-provider-openai';
import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exchangeReport, requestId } from '../state/support/exchange-report.ts';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { startInTerminal } from '../support/terminal.ts';
import { keepReports, stateFolderOf } from './support/kept-history.ts';

const MANY = 20_000;

describe('claudex usage', function () {
  this.timeout(60_000);
  let home: IsolatedHome;
  beforeEach(async () => {
    home = await isolatedHome({ TZ: 'UTC' });
    await home.writeConfig('[[profiles]]\nname = "work"\nprovider = "openai"\napi_key_env = "WORK_KEY"\n');
  });
  afterEach(() => home.close());
  const usage = (...args: string[]) => runCli(home, ['usage', ...args]);
  const json = async (...args: string[]) =>
    JSON.parse((await usage(...args, '--json')).stdout) as Record<string, unknown>;
  const report = (name: string, more: Parameters<typeof exchangeReport>[0] = {}) =>
    exchangeReport({ request_id: requestId(name), ...more });

  it('says so when nothing was kept, and makes no history', async () => {
    const { code, stdout, stderr } = await usage();
    expect({ code, stdout, stderr }).to.deep.equal({
      code: 0,
      stdout: 'The history has no request of that time.\n',
      stderr: '',
    });
    expect(await json()).to.deep.include({ by: 'day', since: null, rows: [] });
    expect(existsSync(join(stateFolderOf(home), 'state.db'))).to.equal(false);
  });

  it('adds up what was kept, by day, with a line for all of it', async () => {
    await keepReports(
      home,
      report('a', { started_at: '2026-11-22T23:59:59.000Z' }),
      report('b', { started_at: '2026-11-23T00:00:00.000Z' }),
      report('c', { started_at: '2026-11-23T10:00:00.000Z', fault: 'overloaded' }),
    );
    const { code, stdout, stderr } = await usage();
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).to.match(/^DAY +REQ +FAIL +IN +READ +WRITE +OUT +COST$/);
    expect(lines[1]).to.match(/^2026-11-22 +1 +12\.3k +1\.00k +0 +678 +–$/);
    expect(lines[2]).to.match(/^2026-11-23 +2 +1 +24\.7k /);
    expect(lines[3]).to.match(/^total +3 +1 +37\.0k /);
    expect(lines[4]).to.contain('The price of 3 requests is not known');
    for (const line of lines.slice(0, 4)) expect(line.length).to.be.lessThan(61);
  });

  it('fits a narrow terminal', async () => {
    await keepReports(home, report('a'), report('b'), report('c'));
    const narrow = startInTerminal(home, ['usage'], {}, 60);
    expect(await narrow.exitCode()).to.equal(0);
    expect(narrow.screen()).to.contain('The price of 3 requests is not known');
    for (const line of narrow.screen().split(/[\r\n]+/)) expect(line.length).to.be.at.most(60);
  });

  it('prices what plugins know the price of', async () => {
    const usage = { input_tokens: 1e6, output_tokens: 0 };
    const model = openai.knownModels?.find(({ price }) => price !== undefined)?.id ?? 'none';
    const known = { served_by: 'work', provider: 'openai', model, usage };
    await keepReports(home, report('a', known), report('b', { ...known, model: 'nobody-knows' }));
    const { rows, total } = (await json('--by', 'model')) as {
      rows: Record<string, unknown>[];
      total: Record<string, unknown>;
    };
    const [priced, unknown] = rows.toSorted((one, other) => Number(one['unpriced']) - Number(other['unpriced']));
    expect(priced).to.include({ key: model, unpriced: 0 });
    expect(priced?.['cost_usd']).to.be.greaterThan(0);
    expect(unknown).to.include({ key: 'nobody-knows', unpriced: 1, cost_usd: null });
    expect(total).to.include({ unpriced: 1, cost_usd: priced?.['cost_usd'] });
  });

  it('takes the days that are asked for, and refuses what is none', async () => {
    const days = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'];
    await keepReports(home, ...days.map((day) => report(day, { started_at: `${day}T12:00:00.000Z` })));
    const { rows } = (await json('--since', '2026-11-21', '--until', '2026-11-22')) as { rows: { key: string }[] };
    expect(rows.map(({ key }) => key)).to.deep.equal(['2026-11-21', '2026-11-22']);
    for (const wrong of [
      ['--since', 'monday'],
      ['--days', '0'],
      ['--days', '1', '--since', '2026-11-21'],
      ['--by', 'hour'],
      ['extra'],
    ])
      expect((await usage(...wrong)).code, wrong.join(' ')).to.equal(2);
  });

  it('keeps only the last days with --days', async () => {
    const now = new Date().toISOString();
    await keepReports(
      home,
      report('old', { started_at: '2020-01-01T00:00:00.000Z' }),
      report('new', { started_at: now }),
    );
    expect(((await json('--days', '2')) as { total: object }).total).to.include({ exchanges: 1 });
  });

  it('writes exact figures for a spreadsheet', async () => {
    await keepReports(home, report('a'));
    const { stdout } = await usage('--by', 'profile', '--csv');
    expect(stdout.split('\n').slice(1)).to.deep.equal(['spare,1,0,12345,1000,0,678,,1,0', '']);
    expect((await usage('--csv', '--json')).code).to.equal(2);
  });

  it('counts what a proxy that runs has not written yet', async () => {
    await home.writeConfig(`proxy_port = ${await freePort()}`);
    const started = await runCli(home, ['proxy', 'start', '--daemon', '--json']);
    expect(started.code, started.stderr).to.equal(0);
    const { port } = JSON.parse(started.stdout) as { port: number };
    const token = readFileSync(join(stateFolderOf(home), 'proxy-token'), 'utf8').trim();
    const answer = await fetch(`http://127.0.0.1:${port}/proxy/demo/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': token },
      body: JSON.stringify({ model: 'demo', max_tokens: 100, messages: [{ role: 'user', content: 'hello' }] }),
    });
    await answer.text();
    const { rows } = (await json('--by', 'profile')) as { rows: { key: string; output_tokens: number }[] };
    expect(rows.map(({ key }) => key)).to.deep.equal(['demo']);
    expect(rows[0]?.output_tokens).to.be.greaterThan(0);
  });

  it(`adds up ${MANY} requests within the memory of a few`, async () => {
    const began = Date.now() - MANY;
    const reports = Array.from({ length: MANY }, (_, index) =>
      report(String(index).padStart(6, '0'), { started_at: new Date(began + index).toISOString() }),
    );
    await keepReports(home, ...reports);
    // Held all at once, so many would not fit.
    const environment = { NODE_OPTIONS: '--max-old-space-size=48' };
    const { code, stdout, stderr } = await runCli(home, ['usage', '--json'], { environment });
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    expect((JSON.parse(stdout) as { total: object }).total).to.include({
      exchanges: MANY,
      input_tokens: MANY * 12_345,
    });
  });
});
