import { expect } from 'chai';
import answerProviders, { openai } from '../src/index.ts';

describe('the OpenAI provider', () => {
  it('answers the hook with itself', async () => {
    expect(await answerProviders({ specVersion: 1 })).to.deep.equal([openai]);
  });

  it('is reached by Responses below a base URL without a trailing slash', () => {
    expect(openai).to.include({ id: 'openai', protocol: 'openai-responses', baseUrl: 'https://api.openai.com/v1' });
    expect(openai.keyVariables).to.deep.equal(['OPENAI_API_KEY']);
  });

  it('knows the sizes of every model that fills a slot', () => {
    const known = new Map(openai.knownModels?.map((facts) => [facts.id, facts]));
    for (const id of Object.values(openai.models)) {
      expect(known.get(id), id).to.have.property('contextWindow').that.is.greaterThan(100_000);
      expect(known.get(id), id).to.have.property('maxOutputTokens').that.is.greaterThan(10_000);
    }
  });

  it('knows what the models of its slots cost, output more than input', () => {
    const known = new Map(openai.knownModels?.map((facts) => [facts.id, facts.price]));
    for (const id of Object.values(openai.models)) {
      const price = known.get(id);
      expect(price?.input, id).to.be.greaterThan(0);
      expect(price?.output, id).to.be.greaterThan(price?.input ?? Infinity);
    }
  });

  it('sends no field that reasoning models refuse', () => {
    expect(openai.quirks).to.include({ maxOutputTokensField: 'max_completion_tokens' });
    expect(openai.quirks?.omitFields).to.include.members(['temperature', 'top_p', 'stop']);
  });

  it('knows how every model reasons, and which cannot stop', () => {
    const models = openai.knownModels ?? [];
    for (const { id, reasoning } of models)
      expect(reasoning?.efforts, id).to.include.members(['low', 'medium', 'high']);
    const restless = models.filter(({ reasoning }) => reasoning?.canDisable === false);
    expect(restless.map(({ id }) => id)).to.deep.equal(['gpt-6.1-sol', 'gpt-6-astra']);
    for (const { id, reasoning } of models)
      expect(reasoning?.efforts?.includes('none'), id).to.equal(reasoning?.canDisable);
  });

  it('searches the web itself, and takes documents, the key of the cache and short ids of calls', () => {
    expect(openai.quirks).to.include({ webSearch: 'tool' });
    expect(openai.quirks).to.include({ documents: 'file', promptCacheKey: true, toolCallIdMaxLength: 40 });
  });
});
