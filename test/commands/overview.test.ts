import { expect } from 'chai';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer } from 'node:net';
import { listen } from '../support/listen.ts';
import { exchangeReport } from '../state/support/exchange-report.ts';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { serve } from '../support/serve.ts';
import { waitUntil } from '../support/wait-until.ts';
import { keepReports } from './support/kept-history.ts';

const CONFIG = `
default_profile = "work"
[[profiles]]
name = "work"
provider = "openai"
default_model = "gpt-5.5"
api_key_env = "WORK_KEY"
[[profiles]]
name = "small"
provider_type = "OpenAICompatible"
base_url = "http://127.0.0.1:9/v1"
default_model = "tiny"
[[profiles]]
name = "sleeping"
provider_type = "OpenAICompatible"
base_url = "http://127.0.0.1:9/v1"
default_model = "tiny"
enabled = false
[[profiles]]
name = "odd"
provider = "nobody-brings-this"
[[profiles]]
name = "kept"
provider = "openai"
api_key_keyring = "an-entry"
[[profiles]]
name = "max"
auth_type = "oauth"
oauth_provider = "claude"
base_url = "https://api.anthropic.com"
default_model = "m"
`;

describe('claudex alone', function () {
  this.timeout(30_000);
  let home: IsolatedHome;
  beforeEach(async () => {
    home = await isolatedHome();
  });
  afterEach(() => home.close());
  const alone = (args: string[] = [], environment: { [name: string]: string } = {}) =>
    runCli(home, args, { environment });
  const json = async (environment: { [name: string]: string } = {}) =>
    JSON.parse((await alone(['--json'], environment)).stdout) as Record<string, unknown>;

  it('welcomes who has no profile yet: exit code 0, on a pipe', async () => {
    const { code, stdout } = await alone();
    expect(code).to.equal(0);
    expect(stdout).to.match(/^Welcome to Claudex /);
    for (const step of ['claudex run demo', 'claudex profile add', 'claudex doctor']) expect(stdout).to.contain(step);
    for (const line of stdout.split('\n')) expect(line.length).to.be.lessThan(61);
    expect(await json()).to.deep.include({
      profiles: [],
      default_profile: null,
      last_use: null,
      next: 'claudex profile add',
    });
  });

  it('shows profiles with the state of their keys, and never a key', async () => {
    await home.writeConfig(CONFIG);
    const { code, stdout, stderr } = await alone([], { WORK_KEY: 'canary-key-0123' });
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    expect(stdout).to.match(/^\* +work +gpt-5\.5 +ready$/m);
    expect(stdout).to.match(/^ +small +tiny +ready$/m);
    expect(stdout).to.match(/^ +sleeping +tiny +disabled$/m);
    expect(stdout).to.match(/^ +odd +– +cannot be used: .*nobody-brings-this/m);
    expect(stdout).to.match(/^ +kept .* key in the keyring$/m);
    expect(stdout).to.match(/^ +max +m +claude's own login$/m);
    expect(stdout).to.contain('does not run').and.to.contain('Next      claudex run work').and.to.not.contain('canary');
  });

  it('points to another profile, or to the doctor, while the default one has no key', async () => {
    await home.writeConfig(CONFIG);
    const { profiles, next } = (await json()) as { profiles: object[]; next: string };
    expect(profiles[0]).to.include({ name: 'work', readiness: 'key-missing', problem: 'WORK_KEY is not set' });
    expect(next).to.equal('claudex run small');
    await home.writeConfig('[[profiles]]\nname = "work"\nprovider = "openai"\napi_key_env = "WORK_KEY"\n');
    expect(await json()).to.include({ next: 'claudex doctor' });
  });

  it('shows the proxy that runs, and the last request', async () => {
    const port = await freePort();
    await home.writeConfig(`proxy_port = ${port}\n${CONFIG}`);
    await keepReports(home, exchangeReport());
    const started = await runCli(home, ['proxy', 'start', '--daemon']);
    expect(started.code, started.stderr).to.equal(0);
    // On a machine that is very busy, it may not wait long enough for the answer.
    const overview = await waitUntil('an answer of the proxy in time', async () => {
      const seen = await json();
      return (seen['proxy'] as { running: unknown }).running === null ? undefined : seen;
    });
    expect(overview).to.deep.include({
      proxy: { running: true, port, version: overview['version'], sessions: 0, problem: null },
      last_use: { at: '2026-11-24T12:00:00.000Z', profile: 'spare', model: 'acme-large' },
    });
    const { stdout } = await alone();
    expect(stdout).to.match(new RegExp(`^Proxy {5}port ${port}(?:, version .*, 0 sessions| does not answer.*)$`, 'm'));
    expect(stdout).to.match(/^Last use {2}.*, spare, acme-large$/m);
  });

  it('names another program that has the port, also before there is a token', async () => {
    const other = await serve((_request, response) => void response.end('hello'));
    await home.writeConfig(`proxy_port = ${other.port}\n${CONFIG}`);
    try {
      // On a machine that is very busy, it may not wait long enough for the answer.
      const { proxy } = await waitUntil('an answer in time', async () => {
        const seen = (await json()) as { proxy: { running: boolean | null; problem: string | null } };
        return seen.proxy.running === null ? undefined : seen;
      });
      expect(proxy).to.include({ running: false, sessions: 0 });
      expect(proxy.problem).to.match(new RegExp(`^port ${other.port} is held by another program`));
      const status = await runCli(home, ['proxy', 'status']);
      expect(status.code).to.equal(0);
      expect(status.stdout).to.match(new RegExp(`^No proxy runs on port ${other.port}: port .* another program`));
      if (process.platform === 'linux') expect(status.stdout).to.contain(`pid ${process.pid})`);
      const parsed = JSON.parse((await runCli(home, ['proxy', 'status', '--json'])).stdout) as object;
      expect(parsed)
        .to.include({ running: false })
        .and.to.have.property('port_problem')
        .that.contains('another program');
    } finally {
      await other.stop();
    }
  });

  it('does not wait for a port that says nothing', async () => {
    const silent = createServer(() => undefined);
    const port = await listen(silent);
    await home.writeConfig(`proxy_port = ${port}\nproxy_token = "a-token-0123456789"\n${CONFIG}`);
    try {
      const { code, stdout } = await alone();
      expect(code).to.equal(0);
      expect(stdout).to.contain(`port ${port} does not answer`);
    } finally {
      silent.close();
    }
  });

  it('says what is wrong with the configuration: exit code 2', async () => {
    await home.writeConfig('proxy_prot = 1');
    const { code, stdout, stderr } = await alone();
    expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
    expect(stderr)
      .to.contain('config.toml:1:1')
      .and.to.contain('did you mean "proxy_port"')
      .and.to.contain('Correct it');
    expect(await json()).to.have.nested.property('error.code', 'config-invalid');
  });

  it('takes --config, before and behind --json', async () => {
    const other = join(home.work, 'other.toml');
    writeFileSync(other, '[[profiles]]\nname = "only"\nprovider = "openai"\n');
    chmodSync(other, 0o600);
    for (const args of [
      ['--config', other, '--json'],
      ['--json', `--config=${other}`],
    ]) {
      const { stdout } = await alone(args);
      expect(JSON.parse(stdout)).to.have.nested.property('profiles[0].name', 'only');
    }
    expect((await alone(['--config', '/nowhere.toml'])).code).to.equal(2);
    expect((await alone(['--config'])).code).to.equal(2);
  });

  it('is not in the way of help, and is not listed there', async () => {
    const { code, stdout } = await alone(['--help']);
    expect(code).to.equal(0);
    expect(stdout).to.contain('USAGE').and.to.contain('profile').and.to.not.contain('overview');
  });
});
