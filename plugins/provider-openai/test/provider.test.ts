import { expect } from 'chai';
import answerProviders, { openai } from '../src/index.ts';

const MODELS = openai.knownModels ?? [];
const CHAT = { ...openai.quirks, ...openai.wires?.['openai-chat']?.quirks };

describe('the OpenAI provider', () => {
  it('answers the hook with itself', async () => {
    expect(await answerProviders({ specVersion: 1 })).to.deep.equal([openai]);
  });

  it('is reached by Responses, and by Chat where a profile insists on it', () => {
    expect(openai).to.include({ id: 'openai', protocol: 'openai-responses' });
    expect(openai.endpoints).to.deep.equal([
      { bases: { 'openai-responses': 'https://api.openai.com/v1', 'openai-chat': 'https://api.openai.com/v1' } },
    ]);
    expect(openai.keyVariables).to.deep.equal(['OPENAI_API_KEY']);
  });

  it('bills the organization and the project that a profile or the usual variables name', () => {
    expect(openai.options?.['organization']?.variables).to.deep.equal(['OPENAI_ORG_ID']);
    expect(openai.options?.['project']?.variables).to.deep.equal(['OPENAI_PROJECT']);
    expect(openai.headers).to.deep.equal({ 'openai-organization': '{organization}', 'openai-project': '{project}' });
  });

  it('knows the sizes of every model that fills a slot', () => {
    const known = new Map(MODELS.map((facts) => [facts.id, facts]));
    for (const id of Object.values(openai.models)) {
      expect(known.get(id), id).to.have.property('contextWindow').that.is.greaterThan(100_000);
      expect(known.get(id), id).to.have.property('maxOutputTokens').that.is.greaterThan(10_000);
    }
  });

  it('leaves room for the answer: the window of the API counts both', () => {
    for (const { id, contextWindow = 0, maxInputTokens = 0, maxOutputTokens = 0 } of MODELS)
      expect(maxInputTokens + maxOutputTokens, id).to.equal(contextWindow);
  });

  it('doubles the price of input above 272,000 tokens, and adds half to that of output', () => {
    const tiered = MODELS.filter(({ price }) => price?.long !== undefined);
    expect(tiered.map(({ id }) => id)).to.include.members(Object.values(openai.models));
    for (const { id, price } of tiered) {
      expect(price?.long?.above, id).to.equal(272_000);
      expect(price?.long?.input, id).to.equal((price?.input ?? 0) * 2);
      expect(price?.long?.output, id).to.equal((price?.output ?? 0) * 1.5);
    }
  });

  it('knows what its models cost, what a cache has less than input and input less than output', () => {
    for (const { id, price } of MODELS) {
      expect(price?.cacheRead, id).to.be.lessThan(price?.input ?? 0);
      expect(price?.output, id).to.be.greaterThan(price?.input ?? Infinity);
    }
  });

  it('sends no field that reasoning models refuse', () => {
    expect(CHAT).to.include({ maxOutputTokensField: 'max_completion_tokens' });
    expect(openai.quirks?.omitFields).to.include.members(['temperature', 'top_p', 'stop']);
  });

  it('knows how every model reasons, and which cannot stop', () => {
    for (const { id, reasoning } of MODELS)
      expect(reasoning?.efforts, id).to.include.members(['low', 'medium', 'high']);
    const restless = MODELS.filter(({ reasoning }) => reasoning?.canDisable === false);
    expect(restless.map(({ id }) => id)).to.deep.equal(['gpt-6.1-sol', 'gpt-6-astra']);
    for (const { id, reasoning } of MODELS)
      expect(reasoning?.efforts?.includes('none'), id).to.equal(reasoning?.canDisable);
  });

  it('searches the web itself, and takes documents, the key of the cache and short ids of calls', () => {
    expect(openai.quirks).to.include({ webSearch: 'tool' });
    expect(CHAT).to.include({ documents: 'file', promptCacheKey: true, toolCallIdMaxLength: 40 });
  });
});
