import { expect } from 'chai';
import type { SseEvent } from '@claudex/sdk';
import { contextOf } from '@claudex/sdk/testing';
import { delta, finish, piece } from './support/chunks.ts';
import { answerOf, decode } from './support/decode.ts';
import { keyedContext, outlineOf } from './support/states.ts';

const CALL = { index: 0, id: 'a', function: { name: 'Read', arguments: '{}' } };

function outline(...events: SseEvent[]): unknown[] {
  return outlineOf(answerOf([...events, finish('stop')], keyedContext()));
}

function details(...entries: object[]): SseEvent {
  return delta({ reasoning_details: entries });
}

describe('the state of reasoning in a stream', () => {
  it('names the field in which the text came', () => {
    const spellings: [field: string, value: object][] = [
      ['reasoning_content', { reasoning_content: 'why' }],
      ['reasoning', { reasoning: 'why' }],
      ['reasoning', { reasoning: { content: 'why' } }],
      ['reasoning_text', { reasoning_text: 'why' }],
      ['content', { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'why' }] }] }],
    ];
    for (const [field, value] of spellings)
      expect(outline(delta(value), delta({ content: 'so' })), field).to.deep.equal([['why', { field }], 'so']);
  });

  it('is one signature at the end of every block of reasoning', () => {
    const events = decode(
      [
        delta({ reasoning: 'a' }),
        delta({ reasoning: 'b' }),
        delta({ content: 'c' }),
        delta({ reasoning: 'd' }),
        piece(CALL),
        delta({ reasoning: 'e' }),
        finish('stop'),
      ],
      keyedContext(),
    );
    const kinds = events.flatMap((event) => {
      if (event.type === 'content_block_delta') return [event.delta.type];
      return event.type === 'content_block_stop' ? ['stop'] : [];
    });
    const thinking = ['thinking_delta', 'signature_delta', 'stop'];
    const text = ['text_delta', 'stop'];
    const call = ['input_json_delta', 'stop'];
    expect(kinds).to.deep.equal(['thinking_delta', ...thinking, ...text, ...thinking, ...call, ...thinking]);
  });

  it('is not made without an origin, and only what is lost by that is reported', () => {
    const plain = decode([delta({ reasoning: 'a' }), finish('stop')], contextOf());
    expect(plain.filter(({ type }) => type === 'loss')).to.deep.equal([]);
    expect(JSON.stringify(plain)).not.to.include('signature_delta');
    const secrets: SseEvent[] = [
      details({ type: 'reasoning.encrypted', data: 'x' }),
      details({ type: 'reasoning.text', signature: 'x' }),
      delta({ reasoning_opaque: 'x' }),
      piece({ ...CALL, extra_content: { google: { thought_signature: 'x' } } }),
    ];
    for (const secret of secrets) {
      const events = decode([delta({ content: 'a' }), secret, finish('stop')], contextOf());
      expect(events.flatMap((event) => (event.type === 'loss' ? [event.loss.feature] : []))).to.deep.equal([
        'reasoning_state',
      ]);
      expect(JSON.stringify(events)).not.to.include('thinking');
    }
  });

  it('is lost with the rest where the stream fails', () => {
    const events = decode([delta({ content: 'a' }), delta({ reasoning_opaque: 'x' })], keyedContext());
    expect(events.map(({ type }) => type)).to.deep.equal([
      'message_start',
      'content_block_start',
      'content_block_delta',
      'error',
    ]);
  });
});

describe('the state of reasoning details', () => {
  const text = { type: 'reasoning.text', format: 'anthropic-claude-v1', index: 0 };

  it('joins the pieces of an entry and names the length of a text that is shown', () => {
    const events = [
      details({ ...text, text: '', signature: '' }),
      delta({ reasoning: 'Let', reasoning_details: [{ ...text, text: 'Let' }] }),
      delta({ reasoning: ' me', reasoning_details: [{ ...text, text: ' me' }] }),
      details({ ...text, signature: 'sig' }),
      delta({ content: 'so' }),
    ];
    expect(outline(...events)).to.deep.equal([
      ['Let me', { field: 'reasoning_details', details: [{ ...text, signature: 'sig' }], lengths: [6] }],
      'so',
    ]);
  });

  it('keeps entries of other kinds, in order', () => {
    const summary = { type: 'reasoning.summary', id: 'rs_1', format: 'openai-responses-v1', index: 0 };
    const encrypted = { ...summary, type: 'reasoning.encrypted', data: 'secret' };
    const events = [
      details({ ...summary, summary: '**Get' }),
      details({ ...summary, summary: 'ting**' }),
      details(encrypted),
      piece(CALL),
    ];
    expect(outline(...events)).to.deep.equal([
      ['**Getting**', { field: 'reasoning_details', details: [summary, encrypted], lengths: [11, null] }],
      { id: 'a' },
    ]);
  });

  it('gets an empty block where there is nothing to show', () => {
    const encrypted = { type: 'reasoning.encrypted', data: 'secret', index: 0 };
    const state = { field: 'reasoning_details', details: [encrypted] };
    expect(outline(details(encrypted), delta({ content: 'so' }))).to.deep.equal([['', state], 'so']);
    expect(outline(details(encrypted), piece(CALL))).to.deep.equal([['', state], { id: 'a' }]);
    expect(outline(details(encrypted))).to.deep.equal([['', state]]);
  });

  it('joins an encrypted entry to the text that follows it', () => {
    const encrypted = { type: 'reasoning.encrypted', data: 'secret', index: 0 };
    const summary = { type: 'reasoning.summary', index: 1 };
    expect(outline(details(encrypted), details({ ...summary, summary: 'why' }))).to.deep.equal([
      ['why', { field: 'reasoning_details', details: [encrypted, summary], lengths: [null, 3] }],
    ]);
  });

  it('gets an empty block after the text where it comes late', () => {
    const late = { ...text, signature: 'sig' };
    const state = { field: 'reasoning_details', details: [late] };
    expect(
      outline(details({ ...text, text: 'why' }), delta({ content: 's' }), details(late), delta({ content: 'o' })),
    ).to.deep.equal([['why', { field: 'reasoning_details', details: [text], lengths: [3] }], 'so', ['', state]]);
    expect(outline(piece(CALL), details(late), piece({ ...CALL, index: 1, id: 'b' }))).to.deep.equal([
      { id: 'a' },
      ['', state],
      { id: 'b' },
    ]);
  });

  it('keeps texts where they are not those of the block', () => {
    const mixed = [delta({ reasoning: 'first ' }), details({ ...text, text: 'second' })];
    expect(outline(...mixed)).to.deep.equal([
      ['first second', { field: 'reasoning_details', details: [{ ...text, text: 'second' }] }],
    ]);
    const crossed = [
      details({ ...text, text: 'a' }),
      details({ ...text, index: 1, text: 'b' }),
      details({ ...text, text: 'c' }),
    ];
    expect(outline(...crossed)).to.deep.equal([
      [
        'abc',
        {
          field: 'reasoning_details',
          details: [
            { ...text, text: 'ac' },
            { ...text, index: 1, text: 'b' },
          ],
        },
      ],
    ]);
  });

  it('reads lists that repeat everything so far where the quirk says so', () => {
    const entry = { type: 'reasoning.text', id: 'reasoning-text-1', format: 'MiniMax-response-v1', index: 0 };
    const events = ['Let', 'Let me', 'Let me', 'Let me see'].map((so) => details({ ...entry, text: so }));
    const answer = answerOf(
      [...events, delta({ content: 'so' }), details({ ...entry, text: 'Let me see' }), finish('stop')],
      keyedContext({ reasoningDetails: 'snapshots' }),
    );
    expect(outlineOf(answer)).to.deep.equal([
      ['Let me see', { field: 'reasoning_details', details: [entry], lengths: [10] }],
      'so',
    ]);
  });
});

describe('the state of Copilot', () => {
  it('belongs to the reasoning that is open, else to a block of its own', () => {
    expect(
      outline(delta({ reasoning_text: 'why', reasoning_opaque: 'x' }), delta({ reasoning_opaque: null })),
    ).to.deep.equal([['why', { field: 'reasoning_opaque', value: 'x', text: true }]]);
    expect(
      outline(
        delta({ reasoning_text: 'why' }),
        delta({ content: 'so' }),
        delta({ reasoning_opaque: 'x', tool_calls: [CALL] }),
      ),
    ).to.deep.equal([
      ['why', { field: 'reasoning_text' }],
      'so',
      ['', { field: 'reasoning_opaque', value: 'x', text: false }],
      { id: 'a' },
    ]);
  });
});

describe('the thought signature of a call', () => {
  const extra_content = { google: { thought_signature: 'sig' } };
  const state = (call: string) => ['', { field: 'extra_content', call, value: extra_content }];

  it('stands before its call, under the id the client knows', () => {
    expect(outline(delta({ content: 'so' }), piece({ ...CALL, id: 'x:1', extra_content }))).to.deep.equal([
      'so',
      state('x_1'),
      { id: 'x_1' },
    ]);
  });

  it('stands before each of several calls that have one', () => {
    const calls = [
      { ...CALL, extra_content },
      { ...CALL, index: 1, id: 'b' },
      { ...CALL, index: 2, id: '', extra_content },
    ];
    expect(outline(delta({ tool_calls: calls }))).to.deep.equal([
      state('a'),
      { id: 'a' },
      { id: 'b' },
      state('toolu_new2'),
      { id: 'toolu_new2' },
    ]);
  });

  it('is sealed once where every piece repeats it', () => {
    const pieces = [
      { ...CALL, extra_content },
      { index: 0, function: { arguments: '' }, extra_content },
    ];
    expect(outline(...pieces.map(piece))).to.deep.equal([state('a'), { id: 'a' }]);
  });

  it('follows its call where it comes when the call is under way', () => {
    expect(outline(piece(CALL), piece({ index: 0, extra_content }), delta({ content: 'so' }))).to.deep.equal([
      { id: 'a' },
      state('a'),
      'so',
    ]);
    expect(
      outline(piece(CALL), piece({ ...CALL, index: 1, id: 'b' }), piece({ index: 1, extra_content })),
    ).to.deep.equal([{ id: 'a' }, state('b'), { id: 'b' }]);
  });
});
