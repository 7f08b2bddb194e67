import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { stringify } from 'smol-toml';
import { installFakeClaude } from '../commands/support/fake-claude.ts';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { serve } from '../support/serve.ts';
import { answering } from './support/answers.ts';
import { TEXT } from './support/dialects/dialect.ts';
import { isHealthy } from './support/proxy-process.ts';
import { startRawUpstream } from './support/raw-upstream.ts';
import { DIALECTS } from './support/ways.ts';

const RUNS = 10;

describe('the one proxy of a user', function () {
  this.timeout(120_000);
  let home: IsolatedHome;
  let port: number;
  beforeEach(async () => {
    port = await freePort();
    home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(port) });
  });
  afterEach(() => home.close());

  const recordFile = (): string => join(home.home, '.local/share/claudex/state/daemons', `${port}.json`);
  const statusOf = async (): Promise<{ readonly running: boolean; readonly daemons: readonly unknown[] }> =>
    JSON.parse((await runCli(home, ['proxy', 'status', '--json'])).stdout) as never;

  it(`R23: is one, however many sessions begin at the same moment`, async () => {
    const upstreams = await Promise.all(DIALECTS.map((dialect) => startRawUpstream(answering(dialect, TEXT))));
    const claude = await installFakeClaude(home);
    const profiles = DIALECTS.map((dialect, index) => ({
      name: `p${index}`,
      provider_type: dialect.providerType,
      base_url: `http://127.0.0.1:${upstreams[index]?.port}`,
      api_key: 'key',
      default_model: 'm',
    }));
    await home.writeConfig(stringify({ claude_binary: claude.path, profiles }));
    try {
      const runs = Array.from({ length: RUNS }, async (_, n) => {
        const environment = { ...claude.reporting(`run-${n}`), FAKE_ASK: '1' };
        const { code, stderr } = await runCli(home, ['run', `p${n % profiles.length}`], {
          environment,
          limitMs: 100_000,
        });
        expect(code, stderr).to.equal(0);
        const { answer } = await claude.report(`run-${n}`);
        expect(answer?.status, JSON.stringify(answer)).to.equal(200);
        expect(answer?.body.content?.[0]?.text).to.equal(TEXT.text?.join(''));
      });
      await Promise.all(runs);
      expect((await statusOf()).daemons).to.have.lengthOf(1);
      if (process.platform === 'linux') expect(home.processes()).to.have.lengthOf(1);
    } finally {
      await Promise.all(upstreams.map((upstream) => upstream.close()));
    }
  });

  it('R24: is not mistaken for the program whose number a stale record names, which is left alone', async () => {
    const bystander = spawn('sleep', ['100'], { stdio: 'ignore' });
    try {
      const record = {
        host: '127.0.0.1',
        port,
        pid: bystander.pid,
        version: '0.1.0',
        started_at: new Date().toISOString(),
      };
      await mkdir(dirname(recordFile()), { recursive: true, mode: 0o700 });
      await writeFile(recordFile(), JSON.stringify(record), { mode: 0o600 });
      expect((await runCli(home, ['proxy', 'stop'])).code).to.equal(0);
      expect(await statusOf()).to.include({ running: false });
      expect((await runCli(home, ['proxy', 'start', '-d'])).code).to.equal(0);
      expect(await isHealthy(port)).to.equal(true);
      await runCli(home, ['proxy', 'stop']);
      expect([bystander.exitCode, bystander.signalCode]).to.deep.equal([null, null]);
    } finally {
      bystander.kill('SIGKILL');
      await once(bystander, 'exit');
    }
  });

  it('R25: does not start on the port of another program, and shows it no token', async () => {
    await using stranger = await serve(
      (_request, response) => void response.end('{"status":"ok","name":"claudex"}'),
      port,
    );
    const results = await Promise.all([['start'], ['start', '-d']].map((args) => runCli(home, ['proxy', ...args])));
    for (const { code, stderr } of results) {
      expect(code).to.equal(1);
      expect(stderr).to.include(String(port)).and.include('proxy_port');
    }
    expect(stranger.seen).not.to.deep.equal([]);
    expect(stranger.seen.flatMap(({ headers }) => headers.authorization ?? headers['x-api-key'] ?? [])).to.deep.equal(
      [],
    );
  });
});
