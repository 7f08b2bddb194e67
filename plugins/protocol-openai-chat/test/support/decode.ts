import { expect } from 'chai';
import type { CanonicalEvent, CanonicalResponse, CodecContext, Fault, SseEvent } from '@claudex/sdk';
import { assembleMessage, checkGrammar, runMachine } from '@claudex/sdk/testing';
import { decodeStream } from '../../src/stream.ts';
import { contextOf } from '@claudex/sdk/testing';

/** Everything a stream causes, checked against the grammar. */
export function decode(events: readonly SseEvent[], context: CodecContext = contextOf()): CanonicalEvent[] {
  const decoded = runMachine(decodeStream(context), events);
  expect(checkGrammar(decoded)).to.deep.equal([]);
  return decoded;
}

/** The answer that a complete stream spells out. */
export function answerOf(events: readonly SseEvent[], context: CodecContext = contextOf()): CanonicalResponse {
  return assembleMessage(decode(events, context));
}

/** The failure that a stream ends with. */
export function faultOf(events: readonly SseEvent[], context: CodecContext = contextOf()): Fault {
  const last = decode(events, context).at(-1);
  if (last?.type !== 'error') return expect.fail(`the stream ended with ${last?.type ?? 'nothing'}`);
  return last.fault;
}
