import { expect } from 'chai';
import answerProviders, { anthropic } from '../src/index.ts';

const MODELS = anthropic.knownModels ?? [];

describe('the Anthropic provider', () => {
  it('answers the hook with itself', async () => {
    expect(await answerProviders({ specVersion: 1 })).to.deep.equal([anthropic]);
  });

  it('shows a key in its own header and a token of a login as a Bearer', () => {
    expect(anthropic.authenticate?.('sk-ant-api03-key')).to.deep.equal({ 'x-api-key': 'sk-ant-api03-key' });
    expect(anthropic.authenticate?.('sk-ant-oat01-token')).to.deep.equal({
      authorization: 'Bearer sk-ant-oat01-token',
    });
  });

  it('finds the key where Claude Code has it, the key before the token', () => {
    expect(anthropic.keyVariables).to.deep.equal(['ANTHROPIC_API_KEY', 'ANTHROPIC_AUTH_TOKEN']);
  });

  it('takes back only reasoning that it signed, and all that clients send beside', () => {
    expect(anthropic.quirks).to.deep.equal({ signedThinking: true, midConversationSystem: 'keep' });
  });

  it('knows the sizes and the prices of every model that fills a slot', () => {
    const known = new Map(MODELS.map((facts) => [facts.id, facts]));
    for (const id of Object.values(anthropic.models)) {
      expect(known.get(id), id).to.include({ contextWindow: 1_000_000, maxOutputTokens: 128_000 });
      expect(known.get(id)?.price?.input, id).to.be.greaterThan(0);
    }
  });

  it('asks models that never stop reasoning for nothing else, and older ones with a budget', () => {
    for (const { id, reasoning, quirks } of MODELS) {
      if (reasoning?.canDisable === false) expect(quirks?.thinkingTypes, id).to.deep.equal(['adaptive']);
      if (reasoning?.budget) expect(quirks?.thinkingTypes, id).to.deep.equal(['enabled', 'disabled']);
    }
  });

  it('sends no sampling to the models that refuse it', () => {
    const refusing = MODELS.filter(({ quirks }) => quirks?.omitFields?.includes('temperature')).map(({ id }) => id);
    expect(refusing).to.include.members([...Object.values(anthropic.models), 'claude-opus-4-7', 'claude-sonnet-5']);
    expect(refusing).not.to.include('claude-sonnet-4-6');
  });

  it('leaves system messages inside a conversation to the models that know them', () => {
    const without = MODELS.filter(({ quirks }) => quirks?.midConversationSystem === 'user').map(({ id }) => id);
    expect(without).to.include.members(['claude-sonnet-5', 'claude-opus-4-7', 'claude-haiku-4-5']);
    expect(without).not.to.include.members(Object.values(anthropic.models));
  });
});
