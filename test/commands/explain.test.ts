import { expect } from 'chai';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { History, openStateStore, type ExchangeBundle, type ExchangeReport } from '../../src/state/index.ts';
import { exchangeReport, requestId } from '../state/support/exchange-report.ts';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { startInTerminal } from '../support/terminal.ts';

const KEY = 'canary-key-0123456789';
const CONFIG = `
proxy_token = "canary-token-0123456789"
[[profiles]]
name = "work"
base_url = "https://work.example"
query_params = { api_key = "canary-parameter" }
api_key = "${KEY}"
default_model = "m"
custom_headers = { authorization = "Bearer canary-header-0123456789" }
[[profiles]]
name = "spare"
base_url = "https://spare.example"
api_key_env = "SPARE_KEY"
default_model = "m"
[[profiles]]
name = "unconcerned"
base_url = "https://unconcerned.example"
default_model = "m"
`;

describe('claudex explain', () => {
  let home: IsolatedHome;
  beforeEach(async () => {
    home = await isolatedHome({ SPARE_KEY: 'canary-spare-0123456789' });
    await home.writeConfig(CONFIG);
  });
  afterEach(() => home.close());

  const stateFolder = (): string => join(home.home, '.local', 'share', 'claudex', 'state');
  const bundleIn = (file: string): ExchangeBundle =>
    JSON.parse(readFileSync(join(home.work, file), 'utf8')) as ExchangeBundle;

  /** Keeps reports as a proxy does that has ended since. */
  async function keep(...reports: readonly ExchangeReport[]): Promise<void> {
    await withHistory((history) => reports.forEach((report) => history.record(report)));
  }
  async function withHistory(work: (history: History) => void): Promise<void> {
    const store = await openStateStore(stateFolder());
    const history = new History({ store, days: () => 30, scrub: (text) => text });
    work(history);
    await history.close();
    await store.close();
  }

  it('shows the exchange with this id, the only one that begins so, or the newest', async () => {
    const reports = ['aaaa1', 'aaaa2', 'bbbb1'].map((name) => exchangeReport({ request_id: requestId(name) }));
    await keep(...reports);
    const ids = reports.map(({ request_id }) => request_id);
    for (const [wanted, id] of [
      [ids[0], ids[0]],
      ['req_aaaa2', ids[1]],
      ['latest', ids[2]],
    ]) {
      const { code, stdout, stderr } = await runCli(home, ['explain', wanted ?? '']);
      expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
      expect(stdout).to.contain(`Exchange ${id}\n`).and.to.contain('failed: overloaded, 529');
    }
    const several = await runCli(home, ['explain', 'req_aaaa', '--json']);
    expect(several.code).to.equal(1);
    expect(JSON.parse(several.stdout)).to.have.nested.property('error.code', 'request-ambiguous');
    expect(several.stdout).to.contain(ids[0]).and.to.contain(ids[1]).and.to.not.contain(ids[2]);
  });

  it('prints the report as it was kept with --json', async () => {
    await keep(exchangeReport());
    const { code, stdout } = await runCli(home, ['explain', 'latest', '--json']);
    expect(code).to.equal(0);
    expect(JSON.parse(stdout)).to.deep.equal(exchangeReport());
  });

  it('says what to do about a request it does not know: exit code 1', async () => {
    const never = await runCli(home, ['explain', 'latest']);
    expect(never).to.include({ code: 1, stdout: '' });
    expect(never.stderr).to.contain('the history has no request yet');
    expect(existsSync(join(stateFolder(), 'state.db'))).to.equal(false);
    await keep(exchangeReport());
    const unknown = await runCli(home, ['explain', 'req_nothing', '--json']);
    expect(unknown.code).to.equal(1);
    const { error } = JSON.parse(unknown.stdout) as { error: { code: string; message: string; remedy: string } };
    expect(error).to.include({ code: 'request-not-found', message: 'the history has no request "req_nothing"' });
    expect(error.remedy).to.contain('request-id').and.to.contain('30 days');
    const off = await runCli(home, ['explain', 'req_nothing'], { environment: { CLAUDEX_HISTORY__DAYS: '0' } });
    expect(off.stderr).to.contain('history.days = 0');
    expect((await runCli(home, ['explain'])).code).to.equal(2);
  });

  it('asks the proxy that runs, which knows the newest before it is written', async () => {
    await home.writeConfig(`proxy_port = ${await freePort()}`);
    await keep(exchangeReport());
    const started = await runCli(home, ['proxy', 'start', '--daemon']);
    expect(started.code, started.stderr).to.equal(0);
    const { stdout: status } = await runCli(home, ['proxy', 'status', '--json']);
    const { port } = JSON.parse(status) as { port: number };
    const token = readFileSync(join(stateFolder(), 'proxy-token'), 'utf8').trim();
    const answer = await fetch(`http://127.0.0.1:${port}/proxy/demo/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': token },
      body: JSON.stringify({ model: 'demo', max_tokens: 100, messages: [{ role: 'user', content: 'canary-words' }] }),
    });
    await answer.text();
    const { code, stdout } = await runCli(home, ['explain', 'latest', '--json']);
    expect(code).to.equal(0);
    const report = JSON.parse(stdout) as ExchangeReport;
    expect(report).to.include({ request_id: answer.headers.get('request-id'), profile: 'demo', status: 200 });
    expect(report.attempts).to.have.length(1);
    const files = ['state.db', 'state.db-wal'].map((name) => readFileSync(join(stateFolder(), name), 'latin1'));
    expect(files.join('')).to.contain(report.request_id).and.to.not.contain('canary-words');
  });

  it('writes a bundle that only its owner can read, with the profiles concerned and without secrets', async () => {
    await keep(exchangeReport({ asked: `model-${KEY}` }));
    const { code, stderr } = await runCli(home, ['explain', 'latest', '--bundle', 'report.json']);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: `Wrote ${join(home.work, 'report.json')}.\n` });
    expect(statSync(join(home.work, 'report.json')).mode & 0o777).to.equal(0o600);
    const bundle = bundleIn('report.json');
    expect(bundle).to.include({ format: 'claudex-exchange', format_version: 1, node: process.version });
    expect(bundle.report).to.deep.equal(exchangeReport({ asked: 'model-********' }));
    expect(bundle.profiles.map((profile) => (profile as { name: string }).name)).to.deep.equal(['work', 'spare']);
    expect(bundle).to.not.have.property('bodies');
    expect(readFileSync(join(home.work, 'report.json'), 'utf8')).to.not.contain('canary');
  });

  it('puts bodies into the bundle where the history has them, and says so', async () => {
    await withHistory((history) => {
      history.record(exchangeReport());
      history.recordBodies(exchangeReport().request_id, {
        request: `{"key":"${KEY}"}`,
        answer: 'data: sk-0123456789abcdef\n\n',
        answer_type: 'text/event-stream',
      });
    });
    const { code, stderr } = await runCli(home, ['explain', 'latest', '--bundle', 'report.json']);
    expect(code).to.equal(0);
    expect(stderr).to.contain('with the text of the request and of its answer');
    const { bodies } = bundleIn('report.json');
    expect(bodies?.request.text).to.equal('{"key":"********"}');
    expect(bodies?.answer).to.deep.equal({ text: 'data: ********\n\n', bytes: 27, truncated: false });
    expect(bodies).to.have.property('answer_type', 'text/event-stream');
  });

  it('does not replace a file without asking: exit code 3; with --yes it does', async () => {
    await keep(exchangeReport());
    const file = join(home.work, 'report.json');
    writeFileSync(file, 'mine', { mode: 0o644 });
    const refused = await runCli(home, ['explain', 'latest', '--bundle', 'report.json'], { input: 'y\n' });
    expect(refused.code).to.equal(3);
    expect(refused.stderr).to.contain('--yes');
    expect(readFileSync(file, 'utf8')).to.equal('mine');
    expect((await runCli(home, ['explain', 'latest', '--bundle', file, '--yes'])).code).to.equal(0);
    expect(bundleIn('report.json').format_version).to.equal(1);
    expect(statSync(file).mode & 0o777).to.equal(0o600);
    const nowhere = await runCli(home, ['explain', 'latest', '--bundle', 'none/report.json']);
    expect(nowhere.code).to.equal(1);
    expect(nowhere.stderr).to.contain(join(home.work, 'none/report.json')).and.to.contain('ENOENT');
  });

  for (const [key, code, text] of [
    ['y\r', 0, '{'],
    ['\r', 1, 'mine'],
  ] as const) {
    it(`asks on a terminal, and takes ${JSON.stringify(key)} for ${code === 0 ? 'yes' : 'no'}`, async () => {
      await keep(exchangeReport());
      writeFileSync(join(home.work, 'report.json'), 'mine');
      const session = startInTerminal(home, ['explain', 'latest', '--bundle', 'report.json']);
      try {
        await session.sees('report.json?');
        session.press(key);
        expect(await session.exitCode()).to.equal(code);
        expect(readFileSync(join(home.work, 'report.json'), 'utf8').slice(0, text.length)).to.equal(text);
      } finally {
        session.kill();
      }
    });
  }

  it('goes on without the history when its file is of a later version, and says so', async () => {
    await keep(exchangeReport());
    const connection = new DatabaseSync(join(stateFolder(), 'state.db'));
    connection.exec('PRAGMA user_version = 1000');
    connection.close();
    const { code, stderr } = await runCli(home, ['explain', 'latest']);
    expect(code).to.equal(1);
    expect(stderr).to.contain('later version of Claudex').and.to.contain('the history has no request yet');
  });
});
