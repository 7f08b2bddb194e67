import { expect } from 'chai';
import type {
  CanonicalEvent,
  CanonicalResponse,
  CodecContext,
  ContentBlock,
  Fault,
  JsonObject,
  Loss,
  SseEvent,
} from '@claudex/sdk';
import { openState, stateKey } from '@claudex/sdk/codec';
import { assembleMessage, checkGrammar, contextOf, runMachine } from '@claudex/sdk/testing';
import { decodeStream } from '../../src/stream.ts';
import { CREATED, completed } from './events.ts';

/** A context in which state may be kept. */
export function knownContext(...parameters: Parameters<typeof contextOf>): CodecContext {
  return { ...contextOf(...parameters), origin: 'openai' };
}

/** Everything a stream causes, checked against the grammar. */
export function decode(events: readonly SseEvent[], context: CodecContext = knownContext()): CanonicalEvent[] {
  const decoded = runMachine(decodeStream(context), events);
  expect(checkGrammar(decoded)).to.deep.equal([]);
  return decoded;
}

/** The answer that a complete stream spells out. */
export function answerOf(events: readonly SseEvent[], context?: CodecContext): CanonicalResponse {
  return assembleMessage(decode(events, context));
}

/** The blocks of an answer that consists of these events between its begin and its end. */
export function blocksOf(events: readonly SseEvent[], context?: CodecContext): readonly ContentBlock[] {
  return answerOf([CREATED, ...events, completed()], context).content;
}

/** The losses that a stream causes. */
export function lossesOf(events: readonly SseEvent[], context?: CodecContext): Loss[] {
  return decode(events, context).flatMap((event) => (event.type === 'loss' ? [event.loss] : []));
}

/** The failure that a stream ends with. */
export function faultOf(events: readonly SseEvent[], context?: CodecContext): Fault {
  const last = decode(events, context).at(-1);
  if (last?.type !== 'error') return expect.fail(`the stream ended with ${last?.type ?? 'nothing'}`);
  return last.fault;
}

/** What is sealed in a thinking block. */
export function stateOf(block: ContentBlock | undefined): JsonObject {
  if (block?.type !== 'thinking') return expect.fail(`there is no thinking but ${block?.type ?? 'nothing'}`);
  const opened = openState(stateKey('openai-responses', knownContext()), block.signature);
  return 'state' in opened ? opened.state : expect.fail(`the signature is ${opened.refusal}`);
}
