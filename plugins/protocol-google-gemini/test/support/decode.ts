import { expect } from 'chai';
import type {
  CanonicalEvent,
  CanonicalResponse,
  CodecContext,
  Fault,
  JsonObject,
  Quirks,
  SseEvent,
} from '@claudex/sdk';
import { openState, stateKey } from '@claudex/sdk/codec';
import { assembleMessage, checkGrammar, contextOf, runMachine } from '@claudex/sdk/testing';
import { decodeStream } from '../../src/stream.ts';

/** A context in which state can be sealed, for a model of Gemini 3. */
export function keyedContext(quirks: Quirks = {}): CodecContext {
  return { ...contextOf({}, quirks), model: 'gemini-3.8-flash', origin: 'somewhere' };
}

/** Everything a stream causes, checked against the grammar. */
export function decode(events: readonly SseEvent[], context: CodecContext = keyedContext()): CanonicalEvent[] {
  const decoded = runMachine(decodeStream(context), events);
  expect(checkGrammar(decoded)).to.deep.equal([]);
  return decoded;
}

/** The answer that a complete stream spells out. */
export function answerOf(events: readonly SseEvent[], context: CodecContext = keyedContext()): CanonicalResponse {
  return assembleMessage(decode(events, context));
}

/** The failure that a stream ends with. */
export function faultOf(events: readonly SseEvent[], context: CodecContext = keyedContext()): Fault {
  const last = decode(events, context).at(-1);
  if (last?.type !== 'error') return expect.fail(`the stream ended with ${last?.type ?? 'nothing'}`);
  return last.fault;
}

/** The losses of a stream, as `kind feature`. */
export function lossesOf(events: readonly SseEvent[], context: CodecContext = keyedContext()): string[] {
  return decode(events, context).flatMap((event) =>
    event.type === 'loss' ? [`${event.loss.kind} ${event.loss.feature}`] : [],
  );
}

/** The blocks of an answer in short: reasoning with its opened state, texts, and the ids of calls. */
export function outlineOf({ content }: Pick<CanonicalResponse, 'content'>): unknown[] {
  return content.map((block) => {
    if (block.type === 'thinking') return [block.thinking, stateOf(block.signature)];
    if (block.type === 'text') return block.text;
    return block.type === 'tool_use' ? { call: block.id } : block.type;
  });
}

function stateOf(signature: string | undefined): JsonObject | string {
  const opened = openState(stateKey('google-gemini', keyedContext()), signature);
  return 'state' in opened ? opened.state : opened.refusal;
}
