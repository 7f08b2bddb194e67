import { expect } from 'chai';
import type { CanonicalEvent, JsonObject } from '@claudex/sdk';
import {
  assembleMessage,
  checkGrammar,
  parseSse,
  randomChunks,
  runMachine,
  singleBytes,
  splitEverywhere,
} from '@claudex/sdk/testing';
import { anthropicMessages } from '../src/index.ts';
import { contextOf } from './support/context.ts';

const EVENTS: ({ type: string } & JsonObject)[] = [
  { type: 'message_start', message: { id: 'msg_1', model: 'm', usage: { input_tokens: 7, output_tokens: 1 } } },
  { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Größe? 語' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'sig' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'ping' },
  { type: 'content_block_start', index: 1, content_block: { type: 'tool_use', id: 'a', name: 'Read', input: {} } },
  { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: '{"path":"stra' } },
  { type: 'content_block_delta', index: 1, delta: { type: 'input_json_delta', partial_json: 'ße 🎉.txt"}' } },
  { type: 'content_block_stop', index: 1 },
  { type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 9 } },
  { type: 'message_stop' },
];

/** The stream as bytes carry it, in every kind of line ending. */
const TEXT = EVENTS.map((event, index) => {
  const lineEnd = ['\n', '\r\n', '\r'][index % 3] ?? '\n';
  return [`event: ${event.type}`, `data: ${JSON.stringify(event)}`, '', ''].join(lineEnd);
}).join('');

/** Everything a stream in these pieces causes, checked against the grammar. */
function decode(source: string | Iterable<Uint8Array>): CanonicalEvent[] {
  const events = runMachine(anthropicMessages.decodeStream(contextOf()), parseSse(source));
  expect(checkGrammar(events)).to.deep.equal([]);
  return events;
}

describe('decoding the bytes of an Anthropic stream', () => {
  const whole = decode(TEXT);

  it('reads what the stream says', () => {
    expect(assembleMessage(whole)).to.deep.include({
      content: [
        { type: 'thinking', thinking: 'Größe? 語', signature: 'sig' },
        { type: 'tool_use', id: 'a', name: 'Read', input: { path: 'straße 🎉.txt' } },
      ],
      stop_reason: 'tool_use',
      usage: { input_tokens: 7, output_tokens: 9 },
    });
  });

  it('gives the same events when they are cut in two anywhere', () => {
    for (const pieces of splitEverywhere(TEXT)) {
      expect(decode(pieces), `cut at ${pieces[0].length}`).to.deep.equal(whole);
    }
  });

  it('gives the same events when they come one by one or in pieces of any size', () => {
    expect(decode(singleBytes(TEXT))).to.deep.equal(whole);
    for (let seed = 1; seed <= 50; seed += 1)
      expect(decode(randomChunks(TEXT, seed)), `seed ${seed}`).to.deep.equal(whole);
  });

  it('is a failure when they break off', () => {
    for (const [head, tail] of splitEverywhere(TEXT)) {
      if (tail.length > 1) expect(decode([head]).at(-1)?.type, String(head.length)).to.equal('error');
    }
  });
});
