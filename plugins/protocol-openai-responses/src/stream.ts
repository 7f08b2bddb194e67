import {
  isJsonObject,
  protocolFault,
  type CanonicalEvent,
  type CodecContext,
  type Fault,
  type Machine,
  type SseEvent,
} from '@claudex/sdk';
import { faultOfList, parseJson, readErrorBody, readFaultBody } from '@claudex/sdk/codec';
import { AnswerReader } from './answer/answer-reader.ts';
import { DeltaFrame } from './answer/delta-frame.ts';
import { faultOfAnswer } from './answer/ending.ts';
import type { ResponsesAnswer, ResponsesEvent } from './wire-answer.ts';

/*
 * Reads a streamed answer. Only the provider's own last event ends it: `response.completed`, `response.incomplete` or
 * `response.failed`. The end of the bytes, or `[DONE]`, without one of them is a failure, and after a failure nothing
 * follows.
 */

/** Makes the machine that turns the provider's events into canonical ones. */
export function decodeStream(context: CodecContext): Machine<SseEvent, CanonicalEvent> {
  return new ResponsesStreamDecoder(context);
}

/** Statuses that say more than the event does. */
const ENDINGS: ReadonlySet<unknown> = new Set(['completed', 'incomplete', 'failed', 'cancelled']);

/** Told where a server answers in another dialect. */
export const WRONG_PROTOCOL =
  'The provider answered in the form of Chat Completions; the profile should have that provider type.';

class ResponsesStreamDecoder implements Machine<SseEvent, CanonicalEvent> {
  readonly #answer: AnswerReader;
  readonly #frame = new DeltaFrame();
  #ended = false;

  constructor(context: CodecContext) {
    this.#answer = new AnswerReader(context);
  }

  /** Some servers keep the connection open after the last event. */
  get settled(): boolean {
    return this.#ended;
  }

  push(event: SseEvent): CanonicalEvent[] {
    if (this.#ended) return [];
    const repeated = this.#frame.read(event.data, event.event);
    if (repeated === undefined) this.#read(event);
    else this.#answer.take(repeated.type, repeated);
    return this.#answer.writer.take();
  }

  end(): CanonicalEvent[] {
    if (this.#ended) return [];
    this.#fail(protocolFault('The stream ended before it was finished.'));
    return this.#answer.writer.take();
  }

  #read(event: SseEvent): void {
    const value = parseJson(event.data);
    if (isJsonObject(value)) this.#take(value, event);
    else if (event.event === 'error') this.#fail(readFaultBody(value ?? event.data));
    else if (Array.isArray(value)) this.#list(value);
    else if (isDone(event.data))
      this.#fail(protocolFault('The provider ended the stream without finishing the answer.'));
    else if (value === undefined && event.data.trim() !== '')
      this.#fail(protocolFault('The provider sent an event that is not JSON.'));
  }

  #list(list: readonly unknown[]): void {
    const fault = faultOfList(list);
    if (fault !== undefined) this.#fail(fault);
  }

  #take(event: ResponsesEvent, { event: name, data }: SseEvent): void {
    const type = typeof event.type === 'string' ? event.type : (name ?? '');
    const status = statusOfEnd(type);
    if (status !== undefined) this.#end(event.response, status);
    else if (type === 'error' || name === 'error') this.#fail(faultOfEvent(event));
    else if (type.startsWith('response.')) {
      this.#frame.learn(data, name, event);
      this.#answer.take(type, typeof event.type === 'string' ? event : { ...event, type });
    } else if (event.error) this.#fail(faultOfEvent(event));
    else if (Array.isArray(event['choices'])) this.#fail(protocolFault(WRONG_PROTOCOL));
    else if (type === '' && readErrorBody(event) !== undefined) this.#fail(readFaultBody(event));
  }

  #end(response: unknown, status: string): void {
    const answer: ResponsesAnswer = isJsonObject(response) ? response : {};
    const known: ResponsesAnswer = ENDINGS.has(answer.status) ? answer : { ...answer, status };
    const fault = faultOfAnswer(known);
    if (fault !== undefined) {
      this.#fail(fault);
      return;
    }
    this.#ended = true;
    this.#answer.finish(known);
  }

  #fail(fault: Fault): void {
    this.#ended = true;
    this.#answer.writer.fail(fault);
  }
}

/** The error of an event: an object of its own, or the event's fields, whose type `error` says nothing. */
function faultOfEvent({ type, ...fields }: ResponsesEvent): Fault {
  return readFaultBody(type === 'error' ? fields : { ...fields, type });
}

/**
 * The status an answer has when its last event leaves it out; `undefined` where the event is not the last one. Not a
 * map: every event is asked, and comparing a new string is cheaper than hashing it.
 */
function statusOfEnd(type: string): string | undefined {
  switch (type) {
    case 'response.completed':
      return 'completed';
    case 'response.incomplete':
      return 'incomplete';
    case 'response.failed':
      return 'failed';
    default:
      return undefined;
  }
}

function isDone(data: string): boolean {
  return data.length < 16 && data.trim().toUpperCase() === '[DONE]';
}
