import { expect } from 'chai';
import type { CodecContext, ContentBlock, JsonObject, Message, Quirks } from '@claudex/sdk';
import { sealState, stateKey } from '@claudex/sdk/codec';
import { encodeRequest } from '../../src/request.ts';
import { assistant, call, contextOf, result, user } from '@claudex/sdk/testing';

const HOME: Pick<CodecContext, 'origin' | 'model'> = { origin: 'acme', model: 'upstream-model' };

function signature(state: JsonObject, from: Partial<CodecContext> = {}, protocol = 'openai-chat'): string {
  const key = stateKey(protocol, { ...contextOf(), ...HOME, ...from });
  return key === undefined ? '' : sealState(key, state);
}

function thinking(text: string, state: JsonObject): ContentBlock {
  return { type: 'thinking', thinking: text, signature: signature(state) };
}

function encode(messages: Message[], quirks: Quirks = {}) {
  const { body, losses } = encodeRequest({ ...contextOf({ messages }, quirks), ...HOME });
  return {
    turn: (body['messages'] as JsonObject[])[1] ?? {},
    messages: body['messages'] as JsonObject[],
    losses: losses.map(({ kind, feature }) => `${kind} ${feature}`),
    reasons: losses.map(({ reason }) => reason),
  };
}

/** The assistant's message of a conversation in which it said this. */
function say(content: (ContentBlock | string)[], quirks: Quirks = {}) {
  const answers = content.flatMap((block) =>
    typeof block !== 'string' && block.type === 'tool_use' ? [result(block.id, 'ok')] : [],
  );
  return encode([user('hi'), assistant(...content), user(...answers, 'go on')], quirks);
}

describe('handing reasoning back', () => {
  for (const field of ['reasoning_content', 'reasoning', 'reasoning_text']) {
    it(`puts it into ${field} when it came from there`, () => {
      const { turn, losses } = say([thinking('hm', { field }), 'yes', thinking(' so', { field }), call('c')]);
      expect(turn).to.include({ role: 'assistant', content: 'yes', [field]: 'hm so' });
      expect(losses).to.deep.equal([]);
    });
  }

  it('puts parts of the content back where they stood', () => {
    const part = thinking('hm', { field: 'content' });
    expect(say([part, 'yes', call('c')]).turn['content']).to.deep.equal([
      { type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] },
      { type: 'text', text: 'yes' },
    ]);
  });

  it('puts tags in front of the text, also where there is none', () => {
    const tags = thinking('hm', { field: 'tags' });
    expect(say([tags, 'yes']).turn['content']).to.equal('<think>hm</think>\n\nyes');
    expect(say([tags, call('c')]).turn['content']).to.equal('<think>hm</think>');
  });

  it('restores the texts of details from their lengths, in order', () => {
    const state: JsonObject = {
      field: 'reasoning_details',
      details: [
        { type: 'reasoning.summary', index: 0, length: 99 },
        { type: 'reasoning.encrypted', index: 1, data: 'AAAA' },
        { type: 'reasoning.text', index: 2, signature: 's' },
      ],
      lengths: [3, null, 4],
    };
    const more = thinking('', { field: 'reasoning_details', details: [{ type: 'reasoning.encrypted', data: 'BBBB' }] });
    const { turn, losses } = say([thinking('abc\ud83d\ude00é!', state), more, call('c')]);
    expect(turn['reasoning_details']).to.deep.equal([
      { type: 'reasoning.summary', index: 0, length: 99, summary: 'abc' },
      { type: 'reasoning.encrypted', index: 1, data: 'AAAA' },
      { type: 'reasoning.text', index: 2, signature: 's', text: '\ud83d\ude00é!' },
      { type: 'reasoning.encrypted', data: 'BBBB' },
    ]);
    expect(losses).to.deep.equal([]);
  });

  it('takes details that carry their own texts as they are', () => {
    const details = [{ type: 'reasoning.text', text: 'something longer' }];
    expect(
      say([thinking('short', { field: 'reasoning_details', details }), 'yes']).turn['reasoning_details'],
    ).to.deep.equal(details);
  });

  it('joins a signature that came late to the entry it belongs to', () => {
    const entry = { type: 'reasoning.text', index: 0, format: 'f' };
    const { turn } = say([
      thinking('hm', { field: 'reasoning_details', details: [{ ...entry, text: 'hm' }] }),
      'yes',
      thinking('', { field: 'reasoning_details', details: [{ ...entry, signature: 's' }] }),
      thinking('so', { field: 'reasoning_details', details: [{ ...entry, index: 1, text: 'so' }] }),
      thinking('', { field: 'reasoning_details', details: [{ ...entry, index: 0, signature: 'another' }] }),
    ]);
    expect(turn['reasoning_details']).to.deep.equal([
      { ...entry, text: 'hm', signature: 's' },
      { ...entry, index: 1, text: 'so' },
      { ...entry, signature: 'another' },
    ]);
  });

  it('hands Copilot its encrypted reasoning, with the text where there was one', () => {
    const state = { field: 'reasoning_opaque', value: 'AAAA' };
    expect(say([thinking('hm', { ...state, text: true }), 'yes']).turn).to.include({
      reasoning_opaque: 'AAAA',
      reasoning_text: 'hm',
    });
    expect(say([thinking('', { ...state, text: false }), 'yes']).turn).not.to.have.property('reasoning_text');
  });

  it('puts what belongs to a call on that call, before or after it', () => {
    const extra = (id: string): ContentBlock =>
      thinking('', { field: 'extra_content', call: id, value: { google: { thought_signature: id } } });
    const { turn, losses } = say([extra('a'), call('a'), call('b'), extra('b'), extra('gone')]);
    const calls = turn['tool_calls'] as JsonObject[];
    expect(calls.map((entry) => entry['extra_content'])).to.deep.equal([
      { google: { thought_signature: 'a' } },
      { google: { thought_signature: 'b' } },
    ]);
    expect(losses).to.deep.equal(['dropped foreign_thinking']);
  });

  it('opens redacted thinking that is its own', () => {
    const details = [{ type: 'reasoning.encrypted', data: 'AAAA' }];
    const data = signature({ field: 'reasoning_details', details });
    expect(say([{ type: 'redacted_thinking', data }, 'yes']).turn['reasoning_details']).to.deep.equal(details);
  });

  it('sends a turn that is only reasoning with an empty text, and none where nothing can be sent', () => {
    expect(say([thinking('hm', { field: 'reasoning' })]).turn).to.deep.equal({
      role: 'assistant',
      content: '',
      reasoning: 'hm',
    });
    for (const state of [{ field: 'reasoning' }, { field: 'reasoning_details', details: [] }])
      expect(say([thinking('', state)]).messages).to.deep.equal([{ role: 'user', content: 'hi\ngo on' }]);
  });
});

describe('reasoning that is not handed back', () => {
  const state = { field: 'reasoning' };
  const damaged: JsonObject[] = [
    {},
    { field: 'novel' },
    { field: 'reasoning_details', details: 'x' },
    { field: 'reasoning_details', details: ['x'] },
    { field: 'reasoning_details', details: [{ type: 'reasoning.text' }], lengths: [1] },
    { field: 'reasoning_details', details: [{ type: 'reasoning.text' }], lengths: [3] },
    { field: 'reasoning_details', details: [{ type: 'reasoning.text' }], lengths: [2, 0] },
    { field: 'reasoning_details', details: [{ type: 'reasoning.text' }], lengths: 2 },
    { field: 'reasoning_details', details: [{}, {}], lengths: [3, -1] },
    { field: 'reasoning_details', details: [{}, {}], lengths: [1.5, 0.5] },
    { field: 'reasoning_details', details: [{}, {}], lengths: [2, '0'] },
    { field: 'reasoning_opaque', value: 1 },
    { field: 'extra_content', call: 'c' },
    { field: 'extra_content', call: 1, value: {} },
  ];
  const sealed = signature(state);
  const cases: readonly [string, string | undefined, RegExp][] = [
    ['without a signature', undefined, /Nobody signed/],
    ['with the signature of another vendor', 'EqMBCkYIBxgC', /another vendor/],
    ['of another provider', signature(state, { origin: 'other' }), /belongs to another/],
    ['of another model', signature(state, { model: 'other' }), /belongs to another/],
    ['of another protocol', signature(state, {}, 'openai-responses'), /belongs to another/],
    ['that was cut', sealed.slice(0, -1), /damaged/],
    ['whose signature was changed', sealed.replace('.2.', '.2.A'), /damaged/],
    ...damaged.map((value): [string, string, RegExp] => [
      `with the state ${JSON.stringify(value)}`,
      signature(value),
      /damaged/,
    ]),
  ];
  for (const [name, value, reason] of cases) {
    it(`is a loss: reasoning ${name}`, () => {
      const block: ContentBlock = {
        type: 'thinking',
        thinking: 'hm',
        ...(value !== undefined && { signature: value }),
      };
      const { turn, losses, reasons } = say([block, 'yes', call('c')]);
      expect(turn).to.have.all.keys('role', 'content', 'tool_calls');
      expect(JSON.stringify(turn)).not.to.include('hm');
      expect(losses).to.deep.equal(['dropped foreign_thinking']);
      expect(reasons[0]).to.match(reason).and.not.to.include('hm');
    });
  }

  it('is never sent where nobody may keep state', () => {
    const messages = [user('hi'), assistant(thinking('hm', state), 'yes')];
    const { body, losses } = encodeRequest(contextOf({ messages }));
    expect(JSON.stringify(body)).not.to.include('hm');
    expect(losses.map(({ feature }) => feature)).to.deep.equal(['foreign_thinking']);
  });
});

describe('handing reasoning back where a provider has its own wish', () => {
  const plain = thinking('hm', { field: 'reasoning' });
  const details = thinking('hm', {
    field: 'reasoning_details',
    details: [{ type: 'reasoning.text', signature: 's' }],
    lengths: [2],
  });

  it('hands nothing back to one that wants none', () => {
    const { turn, losses } = say([plain, 'yes'], { reasoningReplay: 'none' });
    expect(turn).to.deep.equal({ role: 'assistant', content: 'yes' });
    expect(losses).to.deep.equal(['dropped thinking']);
  });

  it('takes the text to the field it wants', () => {
    expect(say([plain, 'yes'], { reasoningReplay: 'reasoning_content' }).turn).to.include({ reasoning_content: 'hm' });
    expect(say([plain, 'yes'], { reasoningReplay: 'tags' }).turn['content']).to.equal('<think>hm</think>\n\nyes');
    expect(say([plain, 'yes'], { reasoningReplay: 'reasoning_details' }).turn['reasoning_details']).to.deep.equal([
      { type: 'reasoning.text', text: 'hm' },
    ]);
    const { turn, losses } = say([details, 'yes'], { reasoningReplay: 'reasoning' });
    expect(turn).to.deep.equal({ role: 'assistant', content: 'yes', reasoning: 'hm' });
    expect(losses).to.deep.equal(['degraded thinking']);
    expect(say([details, 'yes'], { reasoningReplay: 'reasoning_details' }).losses).to.deep.equal([]);
  });

  it('stands in for reasoning that was lost on calls, and only there', () => {
    const quirks = { missingReasoning: 'empty' } as const;
    const lost = say([{ type: 'thinking', thinking: 'hm' }, call('c')], quirks);
    expect(lost.turn).to.include({ content: null, reasoning_content: '' });
    expect(lost.losses).to.deep.equal(['dropped foreign_thinking', 'adjusted missing_reasoning']);
    expect(say([call('c')], { ...quirks, reasoningReplay: 'reasoning' }).turn).to.include({ reasoning: '' });
    expect(say(['yes'], quirks).turn).to.deep.equal({ role: 'assistant', content: 'yes' });
    for (const field of ['reasoning', 'tags', 'content']) {
      const { turn, losses } = say([thinking('hm', { field }), call('c')], quirks);
      expect(turn).not.to.have.property('reasoning_content');
      expect(losses).to.deep.equal([]);
    }
    expect(say([call('c')]).turn).to.have.all.keys('role', 'content', 'tool_calls');
  });
});
