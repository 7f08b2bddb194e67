import { expect } from 'chai';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { llamacpp } from '../vendors/llamacpp.ts';
import { lmstudio } from '../vendors/lmstudio.ts';
import { ollama } from '../vendors/ollama.ts';
import { vllm } from '../vendors/vllm.ts';
import { startVendorNetwork, type VendorNetwork } from '../vendors/kit/vendor-network.ts';
import { installFakeClaude, type FakeClaude } from './support/fake-claude.ts';

const SERVERS = [ollama, lmstudio, llamacpp, vllm] as const;
const VARIABLES = { ollama: 'OLLAMA_HOST', lmstudio: 'LMSTUDIO_HOST', llamacpp: 'LLAMACPP_HOST', vllm: 'VLLM_HOST' };

describe('claudex run local, with one server that runs', function () {
  this.timeout(60_000);
  let network: VendorNetwork;
  let home: IsolatedHome;
  let claude: FakeClaude;

  before(async () => {
    network = await startVendorNetwork(SERVERS, () => ({ text: 'hello' }));
  });
  after(() => network.close());
  beforeEach(async () => {
    const closed = `127.0.0.1:${await freePort()}`;
    const nowhere = Object.fromEntries(Object.values(VARIABLES).map((name) => [name, closed]));
    home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(await freePort()), ...nowhere });
    claude = await installFakeClaude(home);
    await home.writeConfig(`claude_binary = '${claude.path}'\n`);
  });
  afterEach(() => home.close());

  for (const server of SERVERS) {
    it(`is served by ${server.id}, and knows the window with which its model is loaded`, async () => {
      const [model] = server.models;
      const here = { [VARIABLES[server.id as keyof typeof VARIABLES]]: network.addressOf(server) };
      const { code, stderr } = await runCli(home, ['run', 'local', '-p', 'hello'], {
        environment: { ...claude.reporting(), ...here, FAKE_ASK: '1' },
      });
      const { env, answer } = await claude.report();
      expect([code, stderr]).to.deep.equal([0, '']);
      expect(env).to.include({
        ANTHROPIC_MODEL: model?.id,
        CLAUDE_CODE_MAX_CONTEXT_TOKENS: String(model?.window),
      });
      expect(answer?.body.content?.[0]?.text, JSON.stringify(answer)).to.equal('hello');
      expect([network.violations, network.failures]).to.deep.equal([[], []]);
    });
  }
});
