import { expect } from 'chai';
import type { JsonObject } from '@claudex/sdk';
import answerProtocols, { openaiChat } from '../src/index.ts';

describe('the protocol openai-chat', () => {
  it('is what the hook answers with', async () => {
    expect(await answerProtocols({ specVersion: 1 })).to.deep.equal([openaiChat]);
    expect(openaiChat).to.include({ specVersion: 1, id: 'openai-chat' });
    expect(openaiChat.providerTypes).to.deep.equal(['OpenAICompatible']);
  });

  it('knows where to ask and how to show a credential', () => {
    expect(openaiChat.endpoint('messages')).to.equal('/chat/completions');
    expect(openaiChat.endpoint('models')).to.equal('/models');
    expect(openaiChat.endpoint('count-tokens')).to.equal(undefined);
    expect(openaiChat.authenticate('k')).to.deep.equal({ authorization: 'Bearer k' });
  });

  it('reads lists of models of several shapes', () => {
    const read = (body: JsonObject): unknown => openaiChat.decodeModels?.(body);
    expect(read({ data: [{ id: 'a' }, { id: 'b' }, { id: 'a' }, {}, null] })).to.deep.equal(['a', 'b']);
    expect(read({ models: [{ name: 'a' }, 'b'] })).to.deep.equal(['a', 'b']);
    expect(read({})).to.deep.equal([]);
  });
});
