import { expect } from 'chai';
import answerProviders, { gitlabDuo } from '../src/index.ts';

describe('the GitLab Duo provider', () => {
  it('answers the hook with itself', async () => {
    expect(await answerProviders({ specVersion: 1 })).to.deep.equal([gitlabDuo]);
  });

  it('is reached through the gateway by the protocol of each vendor, and has no list of models', () => {
    const [endpoint] = gitlabDuo.endpoints ?? [];
    expect(endpoint?.bases['anthropic-messages']).to.equal('{gateway}/ai/v1/proxy/anthropic');
    expect(endpoint?.bases['openai-responses']).to.equal('{gateway}/ai/v1/proxy/openai/v1');
    expect(endpoint?.modelList).to.equal('none');
    expect(gitlabDuo.options?.['gateway']).to.deep.include({ kind: 'address', variables: ['GITLAB_AI_GATEWAY_URL'] });
    expect(gitlabDuo.options?.['instance']).to.include({ kind: 'address', default: 'https://gitlab.com' });
  });

  it('knows protocol and sizes of every model, and all of its slots', () => {
    const models = gitlabDuo.knownModels ?? [];
    for (const { id, protocol, contextWindow = 0, maxOutputTokens = 0 } of models) {
      expect(protocol, id).to.equal(id.startsWith('claude-') ? 'anthropic-messages' : 'openai-responses');
      expect(contextWindow, id).to.be.greaterThan(maxOutputTokens);
      expect(maxOutputTokens, id).to.be.at.least(64_000);
    }
    expect(models.map(({ id }) => id)).to.include.members(Object.values(gitlabDuo.models));
  });

  it('asks the newer Claude models for nothing but adaptive reasoning, and the older ones with a budget', () => {
    const quirks = new Map(gitlabDuo.knownModels?.map((facts) => [facts.id, facts.quirks]));
    expect(quirks.get('claude-opus-5')?.thinkingTypes).to.deep.equal(['adaptive', 'disabled']);
    expect(quirks.get('claude-fable-5-1')?.thinkingTypes).to.deep.equal(['adaptive']);
    expect(quirks.get('claude-haiku-4-5-20251001')?.thinkingTypes).to.deep.equal(['enabled', 'disabled']);
  });

  it('leaves system messages inside a conversation to the models that know them', () => {
    const quirks = new Map(gitlabDuo.knownModels?.map((facts) => [facts.id, facts.quirks]));
    expect(quirks.get('claude-opus-5')?.midConversationSystem).to.equal(undefined);
    for (const id of ['claude-sonnet-5', 'claude-haiku-4-5-20251001'])
      expect(quirks.get(id)?.midConversationSystem, id).to.equal('user');
  });
});
