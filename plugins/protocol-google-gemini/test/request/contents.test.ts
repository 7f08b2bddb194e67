import { expect } from 'chai';
import { assistant, call, result, system, tool, user } from '@claudex/sdk/testing';
import { encode, encodeOld, partsAt, words } from '../support/encode.ts';

describe('the contents of a request', () => {
  it('have instructions of their own and alternate between two roles', () => {
    const { body } = encode({
      system: [
        { type: 'text', text: 'Be brief.' },
        { type: 'text', text: 'Be kind.' },
      ],
      messages: [user('Hello.'), assistant('Hi.'), user('One.'), system('Note this.'), user('Two.')],
    });
    expect(body.systemInstruction).to.deep.equal({ parts: [{ text: 'Be brief.' }, { text: 'Be kind.' }] });
    expect(body.contents).to.deep.equal([
      { role: 'user', parts: [{ text: 'Hello.' }] },
      { role: 'model', parts: [{ text: 'Hi.' }] },
      {
        role: 'user',
        parts: [{ text: 'One.' }, { text: '<system-reminder>\nNote this.\n</system-reminder>' }, { text: 'Two.' }],
      },
    ]);
  });

  it('name neither model nor streaming', () => {
    expect(encode({ stream: true, messages: [user('a')] }).body).to.have.all.keys('contents');
  });

  it('have no empty parts and no empty turns', () => {
    const { body } = encode({ messages: [user('a'), assistant(''), user('', 'b')] });
    expect(body.contents).to.deep.equal([{ role: 'user', parts: [{ text: 'a' }, { text: 'b' }] }]);
  });

  it('merge turns of the model between which nobody says anything', () => {
    const { body } = encode({ messages: [user('a'), assistant('b'), user(''), assistant('c')] });
    expect(body.contents.at(-1)).to.deep.equal({ role: 'model', parts: [{ text: 'b' }, { text: 'c' }] });
  });

  it('begin with the user', () => {
    const spoken = encode({ messages: [assistant('a')] });
    expect(partsAt(spoken, 0)).to.deep.equal([{ text: '[empty message]' }]);
    expect(words(spoken.losses)).to.deep.equal(['adjusted empty_message messages']);
    const silent = encode({});
    expect(silent.body.contents).to.deep.equal([{ role: 'user', parts: [{ text: '[empty message]' }] }]);
    expect(words(silent.losses)).to.deep.equal(['adjusted empty_conversation messages']);
  });

  it('answer all calls of a turn in the next one, in their order and in front of everything else', () => {
    const encoded = encode({
      tools: [tool('Read'), tool('Grep')],
      messages: [
        user('go'),
        assistant('Looking.', call('toolu_1', 'Read', { path: 'a' }), call('toolu_2', 'Grep', { pattern: 'b' })),
        user('And then?', result('toolu_2', 'two'), result('toolu_1', 'one')),
      ],
    });
    expect(partsAt(encoded, 1)).to.deep.equal([
      { text: 'Looking.' },
      {
        functionCall: { id: 'toolu_1', name: 'Read', args: { path: 'a' } },
        thoughtSignature: 'skip_thought_signature_validator',
      },
      { functionCall: { id: 'toolu_2', name: 'Grep', args: { pattern: 'b' } } },
    ]);
    expect(partsAt(encoded, 2)).to.deep.equal([
      { functionResponse: { id: 'toolu_1', name: 'Read', response: { output: 'one' } } },
      { functionResponse: { id: 'toolu_2', name: 'Grep', response: { output: 'two' } } },
      { text: 'And then?' },
    ]);
  });

  it('have neither ids nor signatures for models before Gemini 3', () => {
    const encoded = encodeOld({
      messages: [user('go'), assistant(call('toolu_1', 'Read', { path: 'a' })), user(result('toolu_1', 'one'))],
    });
    expect(partsAt(encoded, 1)).to.deep.equal([{ functionCall: { name: 'Read', args: { path: 'a' } } }]);
    expect(partsAt(encoded, 2)).to.deep.equal([{ functionResponse: { name: 'Read', response: { output: 'one' } } }]);
  });

  it('begin with those of the shorter conversation when it grows', () => {
    const messages = [user('go'), assistant(call('toolu_1')), user(result('toolu_1', 'one'))];
    const before = encode({ messages }).body.contents;
    const after = encode({ messages: [...messages, assistant('Done.'), user('Thanks.')] }).body.contents;
    expect(after.slice(0, before.length)).to.deep.equal(before);
  });
});
