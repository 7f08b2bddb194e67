import { expect } from 'chai';
import type { JsonObject } from '@claudex/sdk';
import answerProtocols, { openaiResponses } from '../src/index.ts';

describe('the protocol openai-responses', () => {
  it('is what the hook answers with', async () => {
    expect(await answerProtocols({ specVersion: 1 })).to.deep.equal([openaiResponses]);
    expect(openaiResponses).to.include({ specVersion: 1, id: 'openai-responses' });
    expect(openaiResponses.providerTypes).to.deep.equal(['OpenAIResponses']);
  });

  it('knows where to ask and how to show a credential', () => {
    expect(openaiResponses.endpoint('messages')).to.equal('/responses');
    expect(openaiResponses.endpoint('models')).to.equal('/models');
    expect(openaiResponses.endpoint('count-tokens')).to.equal(undefined);
    expect(openaiResponses.authenticate('k')).to.deep.equal({ authorization: 'Bearer k' });
  });

  it('reads lists of models of several shapes', () => {
    const read = (body: JsonObject): unknown => openaiResponses.decodeModels?.(body);
    expect(read({ data: [{ id: 'a' }, { id: 'b' }, { id: 'a' }, {}, null] })).to.deep.equal(['a', 'b']);
    expect(read({ models: [{ slug: 'a' }, { name: 'b' }, 'c'] })).to.deep.equal(['a', 'b', 'c']);
    expect(read({})).to.deep.equal([]);
  });
});
