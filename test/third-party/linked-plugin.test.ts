import { expect } from 'chai';
import { join } from 'node:path';
import { installFakeClaude, type FakeClaude } from '../commands/support/fake-claude.ts';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import { ROOT } from '../support/source-files.ts';
import { PLAIN } from './support/toy-answers.ts';
import { startToyUpstream, type ToyRequest } from './support/toy-upstream.ts';

const PLUGIN = join(ROOT, 'test/third-party/fixture-protocol');

describe('a plugin that brings a protocol', function () {
  this.timeout(60_000);
  let home: IsolatedHome;
  let claude: FakeClaude;
  let upstream: RecordingServer<ToyRequest>;

  before(async () => {
    upstream = await startToyUpstream([PLAIN]);
    home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(await freePort()), TOY_KEY: 'key-of-toy' });
    claude = await installFakeClaude(home);
  });
  after(async () => {
    await home.close();
    await upstream.close();
  });

  it('is linked by its folder, and the next run is served in its dialect', async () => {
    const linked = await runCli(home, ['plugins', 'link', PLUGIN, '--no-install']);
    expect(linked.code, linked.stderr).to.equal(0);
    const profile = `name = "toy"\nprovider_type = "ToyLines"\nbase_url = "${upstream.url}"\ndefault_model = "toy-1"`;
    await home.writeConfig(`claude_binary = '${claude.path}'\n\n[[profiles]]\n${profile}\napi_key_env = "TOY_KEY"\n`);
    const environment = { FAKE_ASK: '1', ...claude.reporting('toy') };
    const run = await runCli(home, ['run', 'toy', '-p', 'hello'], { cwd: home.work, environment });
    expect(run.code, run.stderr).to.equal(0);
    const { answer } = await claude.report('toy');
    expect(answer?.status).to.equal(200);
    expect(answer?.body.content?.[0]?.text).to.equal('It says hello.');
    expect(upstream.requests.map(({ url, body }) => [url, body.model])).to.deep.equal([['/lines', 'toy-1']]);
  });
});
