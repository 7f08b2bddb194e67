import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { installFakeClaude } from '../commands/support/fake-claude.ts';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';

/** A secret in every place from which one could reach the child. */
const CONFIG = `
[[profiles]]
name = "p"
base_url = "https://p.example"
api_key = "canary-one-0123456789"
default_model = "m"
custom_headers = { authorization = "Bearer canary-two-0123456789", X-Plain = "plain", X-Copy = "canary-one-0123456789" }
query_params = { key = "canary-three-0123456789" }
[[profiles]]
name = "q"
provider_type = "OpenAICompatible"
base_url = "https://q.example"
api_key_env = "Q_KEY"
default_model = "m"
backup_providers = ["p"]
`;
const EXPORTED = {
  Q_KEY: 'canary-four-0123456789',
  ANTHROPIC_API_KEY: 'canary-five-0123456789',
  ANTHROPIC_AUTH_TOKEN: 'canary-six-0123456789',
  ANTHROPIC_CUSTOM_HEADERS: 'X-Mine: mine',
  UNRELATED: 'stays',
};

describe('the environment of Claude Code', function () {
  this.timeout(60_000);
  let home: IsolatedHome;
  before(async () => {
    home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(await freePort()), ...EXPORTED });
  });
  after(() => home.close());

  for (const profile of ['p', 'q'])
    it(`SEC-47: holds the local token once, and no key of a provider: ${profile}`, async () => {
      const claude = await installFakeClaude(home);
      await home.writeConfig(`claude_binary = '${claude.path}'\n${CONFIG}`);
      const { code, stderr } = await runCli(home, ['run', profile, '-p', 'hello'], { environment: claude.reporting() });
      expect(code, stderr).to.equal(0);
      expect(stderr).not.to.include('canary');
      const { env, argv } = await claude.report();
      const leaks = Object.entries(env).filter(([, value]) => value.includes('canary'));
      expect(leaks).to.deep.equal([]);
      const token = readFileSync(join(home.home, '.local/share/claudex/state/proxy-token'), 'utf8').trim();
      const holders = Object.keys(env).filter((name) => env[name]?.includes(token));
      expect(holders).to.deep.equal(['ANTHROPIC_AUTH_TOKEN']);
      expect(env).not.to.have.any.keys('ANTHROPIC_API_KEY', 'Q_KEY');
      expect(env).to.include({ UNRELATED: 'stays', HOME: home.home });
      expect(JSON.stringify(argv)).not.to.match(new RegExp(`canary|${token}`));
    });

  it('SEC-47: is not the environment of the daemon, whose memory alone holds keys', async function () {
    if (process.platform !== 'linux') return this.skip();
    const daemons = home.processes();
    expect(daemons).to.have.lengthOf(1);
    for (const { pid, command } of daemons) {
      expect(command).not.to.include('canary');
      expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.to.match(/canary-four/);
    }
    return undefined;
  });
});
