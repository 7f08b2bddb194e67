import { expect } from 'chai';
import answerProviders, { gemini, vertex } from '../src/index.ts';

describe('the providers of Google', () => {
  it('are the Gemini API and Vertex AI', async () => {
    expect(await answerProviders({ specVersion: 1 })).to.deep.equal([gemini, vertex]);
  });

  it('know the sizes of every model that fills a slot, whatever the way in', () => {
    for (const { models, knownModels = [], endpoints = [] } of [gemini, vertex]) {
      const ids = [models, ...endpoints.map((endpoint) => endpoint.models ?? {})].flatMap((slots) =>
        Object.values(slots),
      );
      for (const id of ids) expect(knownModels.map((facts) => facts.id)).to.include(id);
    }
    for (const { id, contextWindow, maxOutputTokens } of vertex.knownModels ?? []) {
      expect(contextWindow, id).to.be.at.least(1_000_000);
      expect(maxOutputTokens, id).to.be.at.least(32_768);
    }
  });

  it('ask no model from 3.7 on for the least reasoning, which it refuses', () => {
    const efforts = (id: string) => gemini.knownModels?.find((facts) => facts.id === id)?.reasoning?.efforts;
    for (const id of ['gemini-3.7-flash', 'gemini-3.8-flash', 'gemini-4-argon'])
      expect(efforts(id), id).to.deep.equal(['low', 'medium', 'high']);
    expect(efforts('gemini-3.5-flash-lite')).to.include('minimal');
  });

  it('have each model of Vertex AI in the protocol of its publisher', () => {
    const reached = (id: string) => vertex.protocolOf?.(id) ?? vertex.protocol;
    expect(reached('claude-opus-4-1@20250805')).to.equal('anthropic-messages');
    expect(reached('gemini-9')).to.equal('google-gemini');
    expect(reached('zai-org/glm-5-maas')).to.equal('openai-chat');
  });

  it('leave the @ of a version in the address, and nothing else that would change it', () => {
    const path = (model: string) =>
      vertex.wires?.['anthropic-messages']?.endpoint?.('messages', model, { model, stream: false, options: {} });
    expect(path('claude-x@default')).to.equal('/claude-x@default:rawPredict');
    expect(path('a/../b')).to.equal('/a%2F..%2Fb:rawPredict');
  });
});
