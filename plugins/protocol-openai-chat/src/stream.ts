import {
  isJsonObject,
  protocolFault,
  type CanonicalEvent,
  type CodecContext,
  type Fault,
  type Machine,
  type SseEvent,
} from '@claudex/sdk';
import { parseJson, readFaultBody } from '@claudex/sdk/codec';
import { AnswerReader } from './answer/answer-reader.ts';
import { faultOfFinish } from './answer/stop-reason.ts';
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
  #ended = false;
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
    if (isDone(data)) this.#conclude();
    else this.#read(event, parseJson(data));
    return this.#reader.writer.blocks.take();
  }

  end(): CanonicalEvent[] {
    if (this.#ended) return [];
    if (this.#finished === undefined) this.#fail(protocolFault('The stream ended before it was finished.'));
    else this.#complete(this.#finished);
    return this.#reader.writer.blocks.take();
  }

  #read({ event, data }: SseEvent, value: unknown): void {
    if (event === 'error') this.#fail(readFaultBody(value ?? data));
    else if (isJsonObject(value)) this.#chunk(value);
    else if (Array.isArray(value)) this.#fail(readFaultBody(value));
    else if (value === undefined && data.trim() !== '') this.#unreadable();
  }

  /** Half an event: the connection broke. After a finish reason only usage can be lost by that, and the answer is whole. */
  #unreadable(): void {
    if (this.#finished === undefined) this.#fail(protocolFault('The provider sent an event that is not JSON.'));
    else this.#complete(this.#finished);
  }

  #chunk(chunk: ChatCompletion): void {
    if (chunk.error || chunk.x_groq?.error) {
      this.#fail(readFaultBody(chunk.error ? chunk : chunk.x_groq));
      return;
    }
    const { blocks } = this.#reader.writer;
    if (!blocks.started && typeof chunk.model === 'string' && chunk.model !== '') blocks.reportModel(chunk.model);
    if (chunk.usage) this.#usage = chunk.usage;
    else if (chunk.x_groq?.usage) this.#usage = chunk.x_groq.usage;
    if (chunk.citations !== undefined || chunk.search_results !== undefined) this.#reader.searches(chunk);
    if (!Array.isArray(chunk.choices)) {
      this.#withoutChoices(chunk);
      return;
    }
    for (const choice of chunk.choices) {
      if (!isJsonObject(choice)) continue;
      if (choice.index) this.#reader.extras.lost('choices');
      else this.#choice(choice);
      if (this.#ended) return;
    }
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
    if (choice.usage) this.#usage = choice.usage;
    // A whole message instead of a delta: the answer itself if it is the first thing to come, else a summary.
    if (isJsonObject(choice.delta)) this.#reader.answer(choice.delta);
    else if (isJsonObject(choice.message) && !this.#reader.writer.blocks.started)
      this.#reader.answer(choice.message, true);
    const finish = choice.finish_reason;
    if (typeof finish !== 'string' || finish === '') return;
    const fault = faultOfFinish(finish);
    if (fault === undefined) this.#finished = choice;
    else this.#fail(fault);
  }

  /** `[DONE]` without a finish reason counts where something whole was said: some servers never give a reason. */
  #conclude(): void {
    this.#reader.endText();
    if (this.#finished !== undefined || this.#reader.isWhole) this.#complete(this.#finished ?? {});
    else this.#fail(protocolFault('The provider ended the stream without an answer.'));
  }

  #complete(choice: ChatChoice): void {
    this.#ended = true;
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
