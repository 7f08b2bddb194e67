import { expect } from 'chai';
import type { CodecContext, ContentBlock, JsonObject, Message, Quirks } from '@claudex/sdk';
import { sealState } from '@claudex/sdk/codec';
import { assistant, call, result, user } from '@claudex/sdk/testing';
import { answered, called, encodeMessages, resulted, said } from './support/encode.ts';

const KEY = { protocol: 'openai-responses', origin: 'example', model: 'upstream-model' };

function sealed(state: JsonObject, thinking = '', key = KEY): ContentBlock {
  return { type: 'thinking', thinking, signature: sealState(key, state) };
}

function reasoning(state: JsonObject, thinking = ''): ContentBlock {
  return sealed({ item: 'reasoning', encrypted: null, parts: [], raw: [], ...state }, thinking);
}

function encode(messages: Message[], quirks: Quirks = {}, more: Partial<CodecContext> = {}) {
  return encodeMessages(messages, quirks, { origin: 'example', ...more });
}

describe('handing reasoning back', () => {
  it('puts the item together as it was, without its id', () => {
    const block = reasoning(
      { encrypted: 'gAAA', parts: [3, 0, 5], extra: { format: 'openai-v1' } },
      'one\n\n\n\nthree',
    );
    const { input, losses } = encode([user('hi'), assistant(block, 'there')]);
    expect(input).to.deep.equal([
      said('hi'),
      {
        type: 'reasoning',
        format: 'openai-v1',
        summary: [
          { type: 'summary_text', text: 'one' },
          { type: 'summary_text', text: '' },
          { type: 'summary_text', text: 'three' },
        ],
        encrypted_content: 'gAAA',
      },
      answered('there'),
    ]);
    expect(losses).to.deep.equal([]);
  });

  it('keeps an empty summary, which providers miss otherwise', () => {
    expect(encode([assistant(reasoning({ encrypted: 'gAAA' }))]).input).to.deep.equal([
      { type: 'reasoning', summary: [], encrypted_content: 'gAAA' },
    ]);
  });

  it('puts raw reasoning back where it came from', () => {
    expect(encode([assistant(reasoning({ raw: [2, 3] }, 'hm\n\nyes'))]).input).to.deep.equal([
      {
        type: 'reasoning',
        content: [
          { type: 'reasoning_text', text: 'hm' },
          { type: 'reasoning_text', text: 'yes' },
        ],
        summary: [],
      },
    ]);
  });

  it('counts parts as the text is counted, beyond the common characters too', () => {
    const { input } = encode([assistant(reasoning({ parts: [2, 1] }, '😀\n\n.'))]);
    expect(input[0]).to.have.deep.property('summary', [
      { type: 'summary_text', text: '😀' },
      { type: 'summary_text', text: '.' },
    ]);
  });

  it('sends a text that was changed in one part, and says so', () => {
    const { input, losses } = encode([assistant(reasoning({ parts: [3, 3] }, 'changed'), reasoning({ parts: [3] }))]);
    expect(input.map((item) => ('summary' in item ? item.summary : undefined))).to.deep.equal([
      [{ type: 'summary_text', text: 'changed' }],
      [],
    ]);
    expect(losses.map(({ kind, feature }) => [kind, feature])).to.deep.equal([
      ['adjusted', 'reasoning_parts'],
      ['adjusted', 'reasoning_parts'],
    ]);
  });

  it('keeps reasoning, text and calls in order, with the results behind the calls', () => {
    const first = reasoning({ encrypted: 'A' });
    const second = reasoning({ encrypted: 'B' });
    const { input } = encode([assistant(first, 'a', second, call('c')), user(result('c', 'ok'))]);
    expect(input).to.deep.equal([
      { type: 'reasoning', summary: [], encrypted_content: 'A' },
      answered('a'),
      { type: 'reasoning', summary: [], encrypted_content: 'B' },
      called('c'),
      resulted('c', 'ok'),
    ]);
  });

  it('hands back no field that has a place of its own, whatever a state says', () => {
    const forged = { id: 'x', type: 'message', status: 'x', encrypted_content: 'x', content: 'x', summary: ['x'] };
    const states: JsonObject[] = [
      { item: 'reasoning', encrypted: null, parts: [], raw: [], extra: { ...forged, format: 'f', none: null } },
      { item: 'compaction', value: { ...forged, encrypted_content: 'gAAA' } },
      { item: 'call', call: 'c', extra: { ...forged, namespace: 'n', name: 'Bash', output: 'x' } },
    ];
    const { input } = encode([assistant(...states.map((state) => sealed(state)), call('c')), user(result('c', 'ok'))]);
    expect(input).to.deep.equal([
      { type: 'reasoning', format: 'f', summary: [] },
      { type: 'compaction', encrypted_content: 'gAAA', content: 'x', summary: ['x'] },
      { ...called('c'), namespace: 'n' },
      resulted('c', 'ok'),
    ]);
  });

  it('survives whatever a state says', () => {
    const odd: JsonObject[] = [
      { encrypted: 7, parts: 'x', raw: { a: 1 }, extra: [] },
      { parts: [-1, 2.5, 'a', null], encrypted: '' },
      { parts: [1e308, 1e308] },
      { extra: { summary: 'none', type: 'message' } },
    ];
    for (const state of odd) {
      const { input } = encode([assistant(reasoning(state, 'text'))]);
      expect(input[0]).to.include({ type: 'reasoning' });
      expect(input[0]).to.have.property('summary').that.is.an('array');
    }
  });

  it('hands nothing back to a provider that takes nothing', () => {
    for (const quirks of [{ encryptedReasoning: false }, { reasoningReplay: 'none' } as const]) {
      const { input, features } = encode([user('hi'), assistant(reasoning({ encrypted: 'A' }), 'a')], quirks);
      expect(input).to.deep.equal([said('hi'), answered('a')]);
      expect(features).to.deep.equal(['thinking']);
    }
  });
});

describe('reasoning that is not this provider’s', () => {
  const state = { item: 'reasoning', encrypted: 'gAAA', parts: [], raw: [] };
  const foreign: readonly [string, ContentBlock][] = [
    ['unsigned', { type: 'thinking', thinking: 'private thought' }],
    ['unsigned', { type: 'thinking', thinking: 'private thought', signature: '' }],
    ['foreign', { type: 'thinking', thinking: 'private thought', signature: 'EqoBCkgIARAB' }],
    ['foreign', { type: 'redacted_thinking', data: 'EmwKAhgB' }],
    ['elsewhere', sealed(state, 'private thought', { ...KEY, protocol: 'openai-chat' })],
    ['elsewhere', sealed(state, 'private thought', { ...KEY, origin: 'other' })],
    ['elsewhere', sealed(state, 'private thought', { ...KEY, model: 'other' })],
    ['damaged', { type: 'thinking', thinking: 'private thought', signature: `${sealState(KEY, state)}x` }],
    ['damaged', sealed({ item: 'novelty' }, 'private thought')],
    ['damaged', sealed({ item: 'phase' })],
    ['damaged', sealed({ item: 'compaction', value: 'x' })],
    ['damaged', sealed({ item: 'call', call: 'a' })],
    ['damaged', sealed({ item: 'program', call: 'a', call_id: 'a' })],
  ];

  for (const [index, [refusal, block]] of foreign.entries()) {
    it(`is dropped with a loss that names the reason: ${refusal} (${index + 1})`, () => {
      const { body, input, losses } = encode([user('hi'), assistant(block, 'a')]);
      expect(input).to.deep.equal([said('hi'), answered('a')]);
      expect(losses).to.have.lengthOf(1);
      expect(losses[0]).to.include({ kind: 'dropped', path: 'messages[1].content[0]', feature: 'foreign_thinking' });
      expect(losses[0]?.reason).to.include(refusal);
      expect(JSON.stringify([body, losses])).not.to.include('private thought');
    });
  }

  it('is dropped where no state is kept', () => {
    const { origin: _origin, ...without } = { origin: 'example' };
    const { input, features } = encodeMessages([user('hi'), assistant(sealed(state))], {}, without);
    expect(input).to.deep.equal([said('hi')]);
    expect(features).to.deep.equal(['foreign_thinking']);
  });
});

describe('handing reasoning back between calls', () => {
  it('keeps it directly before what it led to', () => {
    const { input, losses } = encode([
      assistant(reasoning({ encrypted: 'E1' }), call('c1'), reasoning({ encrypted: 'E2' }), 'so', call('c2')),
      user(result('c1', '1'), result('c2', '2')),
    ]);
    expect(input).to.deep.equal([
      { type: 'reasoning', summary: [], encrypted_content: 'E1' },
      called('c1'),
      resulted('c1', '1'),
      { type: 'reasoning', summary: [], encrypted_content: 'E2' },
      answered('so'),
      called('c2'),
      resulted('c2', '2'),
    ]);
    expect(losses).to.deep.equal([]);
  });
});

describe('handing back what has no block of its own', () => {
  it('gives a message its phase, and only that one', () => {
    const { input, losses } = encode([
      assistant(sealed({ item: 'phase', phase: 'commentary' }), 'a', 'b', call('c'), 'd'),
      user(result('c', 'ok')),
      assistant(sealed({ item: 'phase', phase: 'commentary' }), sealed({ item: 'phase', phase: 'final_answer' }), 'e'),
    ]);
    expect(input[0]).to.deep.equal({ ...answered('a', 'b'), phase: 'commentary' });
    expect(input[3]).to.deep.equal(answered('d'));
    expect(input.at(-1)).to.deep.equal({ ...answered('e'), phase: 'final_answer' });
    expect(losses).to.deep.equal([]);
  });

  it('hands back a conversation that the provider cut short itself', () => {
    const value = { type: 'compaction', encrypted_content: 'gAAA' };
    const { input } = encode([user('hi'), assistant(sealed({ item: 'compaction', value }), 'a')]);
    expect(input).to.deep.equal([said('hi'), value, answered('a')]);
  });

  it('gives a call its fields, whether they stand before or behind it', () => {
    const extra = { namespace: 'crm' };
    const { input } = encode([
      assistant(
        sealed({ item: 'call', call: 'a', extra }),
        call('a'),
        call('b'),
        sealed({ item: 'call', call: 'b', extra }),
      ),
    ]);
    expect(input.slice(0, 2)).to.deep.equal([
      { ...called('a'), ...extra },
      { ...called('b'), ...extra },
    ]);
  });

  it('never lets the fields of a call replace the call', () => {
    const extra = { type: 'message', call_id: 'x', name: 'x', arguments: 'x', namespace: 'n' };
    const { input } = encode([assistant(sealed({ item: 'call', call: 'a', extra }), call('a'))]);
    expect(input[0]).to.deep.equal({ ...called('a'), namespace: 'n' });
  });

  it('hands back a program, its calls and what came of it', () => {
    const caller = { type: 'program', caller_id: 'call_p' };
    const program: ContentBlock = {
      type: 'server_tool_use',
      id: 'srvtoolu_p',
      name: 'program',
      input: { code: 'go()' },
    };
    const output: ContentBlock = {
      type: 'server_tool_result',
      result_type: 'program_tool_result',
      tool_use_id: 'srvtoolu_p',
      content: 'done',
    };
    const { input, losses } = encode([
      assistant(
        sealed({ item: 'program', call: 'srvtoolu_p', call_id: 'call_p', fingerprint: 'gAAA' }),
        program,
        sealed({ item: 'call', call: 'a', extra: { caller } }),
        call('a'),
      ),
      user(result('a', 'A')),
      assistant(output, 'b'),
    ]);
    expect(input).to.deep.equal([
      { type: 'program', call_id: 'call_p', code: 'go()', fingerprint: 'gAAA' },
      { ...called('a'), caller },
      { ...resulted('a', 'A'), caller },
      { type: 'program_output', call_id: 'call_p', result: 'done', status: 'completed' },
      answered('b'),
    ]);
    expect(losses).to.deep.equal([]);
  });
});
