import { expect } from 'chai';
import { configurationFrom } from '../support/configuration.ts';
import { question, startTestProxy } from '../support/proxy.ts';
import { startChatUpstream } from '../support/scripted-chat-upstream.ts';
import { deviationOf } from '../../src/router/familiar-hosts.ts';

describe('a profile without a provider', () => {
  const headersWith = async (extra: string): Promise<Record<string, unknown>> => {
    const upstream = await startChatUpstream(() => ({ text: 'Hello.' }));
    const proxy = await startTestProxy(
      `[[profiles]]\nname = "p"\nprovider_type = "OpenAICompatible"\nbase_url = "${upstream.url}/v1"\ndefault_model = "m"\napi_key = "the-key"\n${extra}`,
    );
    try {
      expect((await proxy.post('/proxy/p/v1/messages', question())).status).to.equal(200);
      return { ...upstream.requests[0]?.headers };
    } finally {
      await proxy.stop();
      await upstream.close();
    }
  };

  it('shows its key as a bearer token', async () => {
    const headers = await headersWith('');
    expect(headers)
      .to.include({ authorization: 'Bearer the-key' })
      .and.to.not.have.any.keys('api-key', 'editor-version');
  });

  it('shows it as Azure wants it where extra_env says so', async () => {
    const headers = await headersWith('extra_env = { AZURE_AUTH = "1" }\n');
    expect(headers).to.include({ 'api-key': 'the-key' }).and.to.not.have.property('authorization');
  });

  it('introduces itself as an editor where extra_env says that it is Copilot', async () => {
    const headers = await headersWith('extra_env = { COPILOT_AUTH = "true" }\n');
    expect(headers).to.include({
      authorization: 'Bearer the-key',
      'user-agent': 'GitHubCopilotChat/0.32.4',
      'copilot-integration-id': 'vscode-chat',
      'openai-intent': 'conversation-edits',
    });
    expect(headers['editor-version']).to.match(/^vscode\//);
    expect(headers['editor-plugin-version']).to.match(/^copilot-chat\//);
  });

  it('names the account of ChatGPT', async () => {
    const headers = await headersWith('extra_env = { CHATGPT_ACCOUNT_ID = "account-1" }\n');
    expect(headers).to.include({ 'chatgpt-account-id': 'account-1', authorization: 'Bearer the-key' });
  });

  it('is known by its host as well', async () => {
    const ofHost = async (host: string) => {
      const { profiles } = await configurationFrom(
        `[[profiles]]\nname = "p"\nprovider_type = "OpenAICompatible"\nbase_url = "https://${host}/v1"\ndefault_model = "m"\n`,
      );
      const [profile] = profiles;
      if (!profile) throw new Error('there is a profile');
      return deviationOf(profile);
    };
    const azure = await ofHost('mine.openai.azure.com');
    expect(azure.authenticate?.('k')).to.deep.equal({ 'api-key': 'k' });
    expect((await ofHost('api.githubcopilot.com')).headers).to.include({ 'copilot-integration-id': 'vscode-chat' });
    for (const other of ['openai.azure.com.evil.test', 'notgithubcopilot.com', 'api.example.test'])
      expect(await ofHost(other)).to.deep.equal({});
  });

  it('is not deceived by a switch that is off', async () => {
    const headers = await headersWith('extra_env = { AZURE_AUTH = "false", COPILOT_AUTH = "0" }\n');
    expect(headers).to.include({ authorization: 'Bearer the-key' }).and.to.not.have.property('editor-version');
  });
});
