import { expect } from 'chai';
import answerProviders, { openai } from '../src/index.ts';

describe('the OpenAI provider', () => {
  it('answers the hook with itself', async () => {
    expect(await answerProviders({ specVersion: 1 })).to.deep.equal([openai]);
  });

  it('is reached by Chat Completions below a base URL without a trailing slash', () => {
    expect(openai).to.include({ id: 'openai', protocol: 'openai-chat', baseUrl: 'https://api.openai.com/v1' });
    expect(openai.keyVariables).to.deep.equal(['OPENAI_API_KEY']);
  });

  it('knows the sizes of every model that fills a slot', () => {
    const known = new Map(openai.knownModels?.map((facts) => [facts.id, facts]));
    for (const id of Object.values(openai.models)) {
      expect(known.get(id), id).to.have.property('contextWindow').that.is.greaterThan(100_000);
      expect(known.get(id), id).to.have.property('maxOutputTokens').that.is.greaterThan(10_000);
    }
  });

  it('sends no field that reasoning models refuse', () => {
    expect(openai.quirks).to.include({ maxOutputTokensField: 'max_completion_tokens', instructionRole: 'developer' });
    expect(openai.quirks?.omitFields).to.include.members(['temperature', 'top_p', 'stop']);
  });
});
