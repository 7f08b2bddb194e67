import { expect } from 'chai';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { exchangeReport } from '../state/support/exchange-report.ts';
import { keepReports } from './support/kept-history.ts';

/** What cannot be read at all: whatever port it names is not known. */
const UNREADABLE = 'proxy_port = "never closed\n';

describe('with a broken configuration', function () {
  this.timeout(60_000);
  let home: IsolatedHome;
  beforeEach(async () => {
    home = await isolatedHome();
  });
  afterEach(() => home.close());

  const run = (...args: string[]) => runCli(home, args);
  const json = async (...args: string[]) =>
    JSON.parse((await run(...args, '--json')).stdout) as Record<string, unknown>;

  /** Starts a proxy while the configuration is in order, then breaks it. Returns the port. */
  async function startThenBreak(broken: (port: number) => string): Promise<number> {
    const port = await freePort();
    await home.writeConfig(`proxy_port = ${port}\nproxy_token = "a-token-of-this-test-0123"\n`);
    const started = await run('proxy', 'start', '--daemon');
    expect(started.code, started.stderr).to.equal(0);
    await home.writeConfig(broken(port));
    return port;
  }
  const misspelt = (port: number): string =>
    `proxy_port = ${port}\nproxy_token = "a-token-of-this-test-0123"\nlog_level = "loud"\n`;

  it('status, ps and stop say what is wrong, and go on with what is right in it', async () => {
    const port = await startThenBreak(misspelt);
    const status = await run('proxy', 'status');
    expect(status.code, status.stderr).to.equal(0);
    expect(status.stdout).to.contain(`The proxy runs on port ${port}`);
    expect(status.stderr).to.contain('config.toml:3:1').and.contain('log_level');
    const sessions = await run('ps');
    expect(sessions).to.include({ code: 0, stdout: 'No session is running.\n' });
    expect(sessions.stderr).to.contain('log_level');
    expect(await json('proxy', 'stop')).to.deep.equal({ stopped: true, port });
    expect(await json('proxy', 'status')).to.include({ running: false, port });
  });

  it('stop does not guess which proxy is meant by a file that cannot be read', async () => {
    const port = await freePort();
    const started = await run('proxy', 'start', '--daemon', '--port', String(port));
    expect(started.code, started.stderr).to.equal(0);
    await home.writeConfig(UNREADABLE);
    const refused = await run('proxy', 'stop');
    expect(refused.code).to.equal(1);
    expect(refused.stderr).to.contain('is not valid TOML').and.contain(`proxy stop --port ${port}`);
    expect(await json('proxy', 'stop')).to.have.nested.property('error.code', 'proxy-unclear');
    expect((await run('proxy', 'status')).stdout).to.contain(`Another one runs on port ${port}`);
    expect(await json('proxy', 'stop', '--port', String(port))).to.deep.equal({ stopped: true, port });
    expect(await run('proxy', 'stop')).to.include({ code: 0 });
  });

  it('explain, usage and logs show what there is', async () => {
    await keepReports(home, exchangeReport());
    await home.writeConfig(UNREADABLE);
    const explained = await run('explain', 'latest');
    expect(explained.code, explained.stderr).to.equal(0);
    expect(explained.stdout).to.contain(`Exchange ${exchangeReport().request_id}`);
    expect(explained.stderr).to.contain('is not valid TOML');
    const used = await run('usage');
    expect(used.code, used.stderr).to.equal(0);
    expect(used.stdout).to.match(/^total +1 /m);
    expect(used.stderr).to.contain('is not valid TOML');
    const logged = await run('proxy', 'logs');
    expect(logged.code).to.equal(0);
    expect(logged.stderr).to.contain('Nothing has been logged yet');
  });

  it('whoever needs it refuses: exit code 2', async () => {
    await home.writeConfig(UNREADABLE);
    for (const args of [['profile', 'list'], ['models'], ['run', 'demo'], []]) {
      const { code, stdout } = await run(...args);
      expect({ args, code, stdout }).to.deep.equal({ args, code: 2, stdout: '' });
    }
  });
});
