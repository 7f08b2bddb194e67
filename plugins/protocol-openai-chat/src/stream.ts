import {
  isJsonObject,
  protocolFault,
  type CanonicalEvent,
  type CodecContext,
  type Fault,
  type Machine,
  type SseEvent,
} from '@claudex/sdk';
import { faultOfList, parseJson, readFaultBody } from '@claudex/sdk/codec';
import { AnswerReader } from './answer/answer-reader.ts';
import { OtherChoices } from './answer/choices.ts';
import { faultOfFinish } from './answer/stop-reason.ts';
import { TextFrame } from './answer/text-frame.ts';
import { mergeUsage, usageOfTimings } from './answer/usage.ts';
import { wireIndex } from './answer/wire-index.ts';
import type { ChatChoice, ChatCompletion, ChatUsage } from './wire.ts';

/*
 * Reads a streamed answer. Nothing is taken for complete that the provider did not finish: without a finish
 * reason or `[DONE]` the end of the bytes is a failure, and after a failure nothing follows.
 */

/** Makes the machine that turns the provider's events into canonical ones. */
export function decodeStream(context: CodecContext): Machine<SseEvent, CanonicalEvent> {
  return new ChatStreamDecoder(context);
}

class ChatStreamDecoder implements Machine<SseEvent, CanonicalEvent> {
  readonly #reader: AnswerReader;
  readonly #others = new OtherChoices();
  readonly #frame = new TextFrame();
  #ended = false;
  #firstIndex: number | undefined;
  /** The last choice that named a finish reason. */
  #finished: ChatChoice | undefined;
  #usage: ChatUsage | undefined;

  constructor(context: CodecContext) {
    this.#reader = new AnswerReader(context);
  }

  /** After a finish reason only usage can follow, and some servers keep the connection open without an end. */
  get settled(): boolean {
    return this.#ended || this.#finished !== undefined;
  }

  push(event: SseEvent): CanonicalEvent[] {
    if (this.#ended) return [];
    const { data } = event;
    const framed = this.#frame.read(data, event.event);
    if (framed !== undefined) this.#reader.answer(framed);
    else if (isDone(data)) this.#conclude();
    else this.#parse(event);
    return this.#reader.writer.blocks.take();
  }

  end(): CanonicalEvent[] {
    if (this.#ended) return [];
    const finished = this.#finished ?? this.#others.calling;
    if (finished === undefined) this.#fail(protocolFault('The stream ended before it was finished.'));
    else this.#complete(finished);
    return this.#reader.writer.blocks.take();
  }

  #parse(event: SseEvent): void {
    const value = parseJson(event.data);
    this.#read(event, value);
    if (!this.#ended && isJsonObject(value) && this.#isOfFirst(value))
      this.#frame.learn(event.data, event.event, value);
  }

  /** Whether a chunk with one choice belongs to the answer, not to an alternative. */
  #isOfFirst({ choices }: ChatCompletion): boolean {
    const choice = Array.isArray(choices) ? choices[0] : undefined;
    return isJsonObject(choice) && this.#isFirst(choice);
  }

  #read({ event, data }: SseEvent, value: unknown): void {
    if (event === 'error') this.#fail(readFaultBody(value ?? data));
    else if (isJsonObject(value)) this.#chunk(value);
    else if (Array.isArray(value)) this.#list(value);
    else if (value === undefined && data.trim() !== '') this.#unreadable();
  }

  #list(list: readonly unknown[]): void {
    const fault = faultOfList(list);
    if (fault !== undefined) this.#fail(fault);
  }

  /** Half an event: the connection broke. After a finish reason only usage can be lost by that, and the answer is whole. */
  #unreadable(): void {
    if (this.#finished === undefined) this.#fail(protocolFault('The provider sent an event that cannot be read.'));
    else this.#complete(this.#finished);
  }

  #chunk(chunk: ChatCompletion): void {
    if (chunk.error || chunk.x_groq?.error) {
      this.#fail(readFaultBody(chunk.error ? chunk : chunk.x_groq));
      return;
    }
    const { blocks } = this.#reader.writer;
    if (!blocks.started && typeof chunk.model === 'string' && chunk.model !== '') blocks.reportModel(chunk.model);
    this.#usage = mergeUsage(this.#usage, usageOfTimings(chunk.timings), chunk.x_groq?.usage, chunk.usage);
    if (chunk.citations !== undefined || chunk.search_results !== undefined) this.#reader.searches(chunk);
    if (!Array.isArray(chunk.choices)) {
      this.#withoutChoices(chunk);
      return;
    }
    for (const choice of chunk.choices) {
      if (!isJsonObject(choice)) continue;
      if (this.#isFirst(choice)) this.#choice(choice);
      else this.#others.take(choice);
      if (this.#ended) return;
    }
  }

  /** The first choice to come is the answer, whatever its index. Pieces without one belong to it. */
  #isFirst({ index }: ChatChoice): boolean {
    const place = wireIndex(index);
    this.#firstIndex ??= place;
    return place === undefined || place === this.#firstIndex;
  }

  /** MiniMax and others put a failure into an event that has no choices; everything else without them is news. */
  #withoutChoices(chunk: ChatCompletion): void {
    const code = chunk.base_resp?.status_code;
    if (chunk['type'] === 'error' || chunk['success'] === false || (code !== undefined && code !== 0))
      this.#fail(readFaultBody(chunk));
  }

  #choice(choice: ChatChoice): void {
    if (choice.error) {
      this.#fail(readFaultBody({ error: choice.error }));
      return;
    }
    this.#usage = mergeUsage(this.#usage, choice.usage);
    const { delta, message, finish_reason: finish } = choice;
    if (isJsonObject(delta)) this.#reader.answer(delta);
    // Perplexity repeats beside every delta all there was so far, so only the last of such messages can say more.
    if (isJsonObject(message) && (!isJsonObject(delta) || finish)) this.#reader.message(message);
    if (typeof finish !== 'string' || finish === '') return;
    const fault = faultOfFinish(finish);
    if (fault === undefined) this.#finished = choice;
    else this.#fail(fault);
  }

  /** `[DONE]` without a finish reason counts where something whole was said: some servers never give a reason. */
  #conclude(): void {
    this.#reader.endText();
    const finished = this.#finished ?? this.#others.calling;
    if (finished !== undefined || this.#reader.isWhole) this.#complete(finished ?? {});
    else this.#fail(protocolFault('The provider ended the stream without an answer.'));
  }

  #complete(choice: ChatChoice): void {
    this.#ended = true;
    const { answers, ignored } = this.#others.end(choice, this.#reader.hasCalls);
    for (const answer of answers) this.#reader.answer(answer);
    if (ignored) this.#reader.extras.lost('choices');
    this.#reader.end(choice, this.#usage);
  }

  #fail(fault: Fault): void {
    this.#ended = true;
    this.#reader.writer.blocks.write({ type: 'error', fault });
  }
}

function isDone(data: string): boolean {
  return data.length < 16 && data.trim().toUpperCase() === '[DONE]';
}
