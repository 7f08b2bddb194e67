import { expect } from 'chai';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome } from '../support/isolated-home.ts';
import { serve } from '../support/serve.ts';
import { installFakeClaude } from './support/fake-claude.ts';

describe('what claudex run knows of models', () => {
  it('is what the provider said when it was last asked, unless the profile says otherwise', async () => {
    const home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(await freePort()) });
    const listed = { id: 'm', name: 'Model Em', context_length: 123_456 };
    await using provider = await serve((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ object: 'list', data: [listed] }));
    });
    try {
      const claude = await installFakeClaude(home);
      const profile = (name: string, more = ''): string =>
        `[[profiles]]\nname = "${name}"\nprovider_type = "OpenAICompatible"\nbase_url = "${provider.url}/v1"\ndefault_model = "m"\n${more}`;
      await home.writeConfig(
        `claude_binary = '${claude.path}'\n${profile('p')}${profile('q', 'context_window = 5000\n')}`,
      );
      const environmentOf = async (name: string): Promise<{ [name: string]: string }> => {
        const { stdout } = await runCli(home, ['run', name, '--dry-run', '--json']);
        return (JSON.parse(stdout) as { environment: { [name: string]: string } }).environment;
      };
      expect(await environmentOf('p')).not.to.have.any.keys('CLAUDE_CODE_MAX_CONTEXT_TOKENS');
      for (const name of ['p', 'q']) expect(await runCli(home, ['models', name])).to.include({ code: 0 });
      const calls = provider.seen.length;
      expect(await environmentOf('p')).to.include({
        CLAUDE_CODE_MAX_CONTEXT_TOKENS: '123456',
        ANTHROPIC_DEFAULT_OPUS_MODEL: 'm',
        ANTHROPIC_DEFAULT_OPUS_MODEL_NAME: 'Model Em',
      });
      expect(await environmentOf('q')).to.include({ CLAUDE_CODE_MAX_CONTEXT_TOKENS: '5000' });
      expect(provider.seen).to.have.length(calls);
    } finally {
      await home.close();
    }
  });
});
