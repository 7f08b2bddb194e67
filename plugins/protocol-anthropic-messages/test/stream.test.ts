import { expect } from 'chai';
import type { CanonicalEvent, Json, JsonObject, SseEvent } from '@claudex/sdk';
import { assembleMessage, checkGrammar, isComplete, runMachine, truncations } from '@claudex/sdk/testing';
import { anthropicMessages } from '../src/index.ts';
import { clientCodec, contextOf } from './support/context.ts';

const sse = (...events: Json[]): SseEvent[] => events.map((event) => ({ data: JSON.stringify(event) }));

const read = (input: SseEvent[], estimatedInputTokens = 0): CanonicalEvent[] =>
  runMachine(anthropicMessages.decodeStream(contextOf({ estimatedInputTokens })), input);

const write = (events: CanonicalEvent[]): SseEvent[] => runMachine(clientCodec().encodeStream(), events);

const start: JsonObject = {
  type: 'message_start',
  message: { id: 'msg_1', model: 'm', content: [], usage: { input_tokens: 7, output_tokens: 1 } },
};
const open = (index: number, content_block: Json): JsonObject => ({
  type: 'content_block_start',
  index,
  content_block,
});
const delta = (index: number, step: Json): JsonObject => ({ type: 'content_block_delta', index, delta: step });
const close = (index: number): JsonObject => ({ type: 'content_block_stop', index });
const end: JsonObject[] = [
  { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 9 } },
  { type: 'message_stop' },
];

/** An answer with one block, as the vendor streams it. */
const answer = (block: Json, ...steps: Json[]): SseEvent[] =>
  sse(start, open(0, block), ...steps.map((step) => delta(0, step)), close(0), ...end);

function faultOf(events: CanonicalEvent[]) {
  expect(checkGrammar(events)).to.deep.equal([]);
  const last = events.at(-1);
  if (last?.type !== 'error') throw new Error('the stream did not fail');
  return last.fault;
}

describe('decodeStream of Anthropic Messages', () => {
  it('passes over events that are no objects', () => {
    const whole = answer({ type: 'text', text: '' }, { type: 'text_delta', text: 'a' });
    for (const data of ['[]', '[{"type":"message_stop"}]', 'null', '7', '"x"']) {
      const events = whole.flatMap((event) => [{ data }, event]);
      expect(read(events)).to.deep.equal(read(whole));
    }
  });

  it('fails when the stream is cut after any event, without closing what was open', () => {
    const whole = sse(
      start,
      { type: 'ping' },
      open(0, { type: 'text', text: '' }),
      delta(0, { type: 'text_delta', text: 'a' }),
      close(0),
      open(1, { type: 'tool_use', id: 'toolu_1', name: 'Read', input: {} }),
      delta(1, { type: 'input_json_delta', partial_json: '{}' }),
      close(1),
      ...end,
    );
    const events = read(whole);
    expect(checkGrammar(events)).to.deep.equal([]);
    expect(isComplete(events)).to.equal(true);
    for (const cut of truncations(whole)) {
      const partial = read(cut);
      expect(faultOf(partial)).to.include({ kind: 'protocol', retryable: true });
      expect(partial.slice(0, -1)).to.deep.equal(events.slice(0, cut.length));
    }
  });

  it('merges usage of the start and the end', () => {
    const usage = (events: CanonicalEvent[]) => assembleMessage(events).usage;
    expect(usage(answer({ type: 'text', text: '' }))).to.deep.equal({ input_tokens: 7, output_tokens: 9 });
    const late = {
      type: 'message_delta',
      delta: {},
      usage: { input_tokens: 0, output_tokens: 2, cache_read_input_tokens: 5 },
    };
    expect(usage(read(sse(start, late, { type: 'message_stop' })))).to.deep.equal({
      input_tokens: 0,
      output_tokens: 2,
      cache_read_input_tokens: 5,
    });
    const zeros = { type: 'message_delta', delta: {}, usage: { input_tokens: 0, output_tokens: 2 } };
    expect(usage(read(sse(start, zeros, { type: 'message_stop' })))).to.deep.equal({
      input_tokens: 7,
      output_tokens: 2,
    });

    function answer(block: Json): CanonicalEvent[] {
      return read(sse(start, open(0, block), close(0), ...end));
    }
  });

  it('starts with the estimate where the provider reports no input', () => {
    const silent = { type: 'message_start', message: { usage: { input_tokens: 0 } } };
    expect(read(sse(silent, ...end), 321)[0]).to.deep.equal({
      type: 'message_start',
      id: 'msg_new1',
      model: 'upstream-model',
      usage: { input_tokens: 321, output_tokens: 0 },
    });
  });

  it('reads an error event, also before the start and in a bare envelope', () => {
    const error = { type: 'overloaded_error', message: 'Overloaded' };
    const fault = { kind: 'overloaded', message: 'Overloaded', retryable: true, code: 'overloaded_error' };
    expect(
      faultOf(read(sse(start, open(0, { type: 'text', text: '' }), { type: 'error', error }, close(0)))),
    ).to.deep.equal(fault);
    expect(faultOf(read(sse({ type: 'error', error })))).to.deep.equal(fault);
    expect(faultOf(read(sse(start, { error })))).to.deep.equal(fault);
    expect(faultOf(read([{ event: 'error', data: JSON.stringify({ error }) }]))).to.deep.equal(fault);
  });

  it('fails on broken JSON and on events that make no sense where they stand', () => {
    const block = open(0, { type: 'text', text: '' });
    const step = delta(0, { type: 'text_delta', text: 'a' });
    expect(faultOf(read([...sse(start), { data: '{"type":' }])).message).to.include('not JSON');
    for (const nonsense of [
      [block],
      [step],
      [...end],
      [start, step],
      [start, ...end.slice(0, 1), block],
      [start, open(0, null)],
    ]) {
      expect(faultOf(read(sse(...nonsense))).kind).to.equal('protocol');
    }
    expect(faultOf(read(sse(start, open(0, { type: 'tool_use', input: {} })))).message).to.include('content[0].id');
  });

  it('skips unknown events, [DONE], a second start, and whatever follows the end', () => {
    const plain = read(answer({ type: 'text', text: '' }));
    const noisy = sse(
      start,
      { type: 'novelty' },
      start,
      open(0, { type: 'text', text: '' }),
      close(0),
      ...end,
      ...end,
      start,
      5,
    );
    expect(read([...noisy, { data: '[DONE]' }, { data: '' }])).to.deep.equal(plain);
  });

  it('adds a block stop that is missing, and counts indexes anew', () => {
    const text = { type: 'text', text: '' };
    const events = read(sse(start, open(4, text), delta(4, { type: 'text_delta', text: 'a' }), open(4, text), ...end));
    expect(checkGrammar(events)).to.deep.equal([]);
    expect(assembleMessage(events).content).to.deep.equal([
      { type: 'text', text: 'a' },
      { type: 'text', text: '' },
    ]);
  });

  it('makes deltas of what a block already contains when it opens', () => {
    const content = (...input: SseEvent[]) => {
      const events = read(input);
      expect(checkGrammar(events)).to.deep.equal([]);
      return assembleMessage(events).content[0];
    };
    const tool = { type: 'tool_use', id: 'a', name: 'b', input: { c: 1 } };
    expect(content(...answer({ type: 'text', text: 'Hi' }))).to.deep.equal({ type: 'text', text: 'Hi' });
    expect(content(...answer({ type: 'text' }))).to.deep.equal({ type: 'text', text: '' });
    expect(content(...answer({ type: 'thinking', thinking: 'a', signature: 's' }))).to.deep.equal({
      type: 'thinking',
      thinking: 'a',
      signature: 's',
    });
    expect(content(...answer(tool))).to.deep.equal(tool);
    expect(content(...answer(tool, { type: 'input_json_delta', partial_json: '{"c":2}' }))).to.deep.equal({
      ...tool,
      input: { c: 2 },
    });
  });

  it('carries unknown blocks whole, with the steps they grew by', () => {
    const events = read(
      answer(
        { type: 'compaction', content: null },
        { type: 'compaction_delta', content: 'a' },
        { type: 'compaction_delta', content: 'b' },
      ),
    );
    expect(checkGrammar(events)).to.deep.equal([]);
    const value = { type: 'compaction', content: 'ab' };
    expect(assembleMessage(events).content).to.deep.equal([{ type: 'opaque', protocol: 'anthropic-messages', value }]);
  });

  it('reports steps that it does not know or that do not fit', () => {
    const events = read(
      answer({ type: 'text', text: '' }, { type: 'hum_delta' }, { type: 'input_json_delta', partial_json: '{}' }, {}),
    );
    expect(checkGrammar(events)).to.deep.equal([]);
    expect(events.flatMap((event) => (event.type === 'loss' ? [event.loss.feature] : []))).to.deep.equal([
      'hum_delta',
      'input_json_delta',
      'untyped_delta',
    ]);
  });

  it('reads a stop without a message_delta as a turn without a reason', () => {
    const events = read(sse(start, open(0, { type: 'text', text: '' }), { type: 'message_stop' }));
    expect(checkGrammar(events)).to.deep.equal([]);
    expect(assembleMessage(events)).to.include({ stop_reason: null });
  });

  it('keeps the word of an unknown stop reason', () => {
    const novel = { type: 'message_delta', delta: { stop_reason: 'novel' }, usage: {} };
    expect(assembleMessage(read(sse(start, novel, { type: 'message_stop' })))).to.include({
      stop_reason: 'end_turn',
      raw_stop_reason: 'novel',
    });
  });
});

describe('encodeStream of Anthropic Messages', () => {
  const usage = { input_tokens: 3, output_tokens: 1 };

  it('writes exactly what the vendor would', () => {
    const events: CanonicalEvent[] = [
      { type: 'message_start', id: 'msg_1', model: 'm', usage },
      { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: '"\n\u2028' } },
      { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 's' } },
      { type: 'content_block_stop', index: 0 },
      { type: 'ping' },
      { type: 'message_delta', stop_reason: 'stop_sequence', stop_sequence: 'x', usage },
      { type: 'message_stop' },
    ];
    const written = write(events);
    expect(written.map(({ event, data }) => [event, JSON.parse(data)])).to.deep.equal([
      [
        'message_start',
        {
          type: 'message_start',
          message: {
            id: 'msg_1',
            type: 'message',
            role: 'assistant',
            model: 'm',
            content: [],
            stop_reason: null,
            stop_sequence: null,
            usage,
          },
        },
      ],
      ['content_block_start', open(0, { type: 'thinking', thinking: '', signature: '' })],
      ['content_block_delta', delta(0, { type: 'thinking_delta', thinking: '"\n\u2028' })],
      ['content_block_delta', delta(0, { type: 'signature_delta', signature: 's' })],
      ['content_block_stop', close(0)],
      ['ping', { type: 'ping' }],
      ['message_delta', { type: 'message_delta', delta: { stop_reason: 'stop_sequence', stop_sequence: 'x' }, usage }],
      ['message_stop', { type: 'message_stop' }],
    ]);
    for (const { data } of written) expect(data).not.to.include('\n');
  });

  it('writes an error in the vendor’s envelope and nothing for a loss', () => {
    const fault = { kind: 'rate-limit', message: 'Slow down.', retryable: true } as const;
    const loss = { kind: 'dropped', path: 'a', feature: 'b', reason: 'c' } as const;
    const written = write([
      { type: 'loss', loss },
      { type: 'error', fault },
    ]);
    expect(written).to.deep.equal([
      { event: 'error', data: '{"type":"error","error":{"type":"rate_limit_error","message":"Slow down."}}' },
    ]);
  });

  it('hides opaque blocks of other protocols and keeps indexes dense', () => {
    const written = write([
      { type: 'message_start', id: 'msg_1', model: 'm', usage },
      {
        type: 'content_block_start',
        index: 0,
        content_block: { type: 'opaque', protocol: 'other', value: { type: 'x' } },
      },
      { type: 'content_block_stop', index: 0 },
      { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
      { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'a' } },
      { type: 'content_block_stop', index: 1 },
      { type: 'message_delta', stop_reason: 'end_turn', usage },
      { type: 'message_stop' },
    ]);
    expect(checkGrammar(read(written))).to.deep.equal([]);
    expect(assembleMessage(read(written)).content).to.deep.equal([{ type: 'text', text: 'a' }]);
  });

  it('sends as deltas what a careless plugin puts into the opening of a block', () => {
    const opened = (content_block: Extract<CanonicalEvent, { type: 'content_block_start' }>['content_block']) =>
      write([{ type: 'content_block_start', index: 0, content_block }]).map(({ data }) => JSON.parse(data) as Json);
    expect(opened({ type: 'text', text: 'a' })).to.deep.equal([
      open(0, { type: 'text', text: '' }),
      delta(0, { type: 'text_delta', text: 'a' }),
    ]);
    expect(opened({ type: 'thinking', thinking: 'a', signature: 's' })).to.deep.equal([
      open(0, { type: 'thinking', thinking: '', signature: '' }),
      delta(0, { type: 'thinking_delta', thinking: 'a' }),
      delta(0, { type: 'signature_delta', signature: 's' }),
    ]);
    expect(opened({ type: 'tool_use', id: 'a', name: 'b', input: { c: 1 } })).to.deep.equal([
      open(0, { type: 'tool_use', id: 'a', name: 'b', input: {} }),
      delta(0, { type: 'input_json_delta', partial_json: '{"c":1}' }),
    ]);
  });
});
