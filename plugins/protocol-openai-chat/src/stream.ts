import {
  isJsonObject,
  protocolFault,
  type CanonicalEvent,
  type CodecContext,
  type Fault,
  type Loss,
  type Machine,
  type MessageDelta,
  type SseEvent,
} from '@claudex/sdk';
import { parseJson, readFaultBody, toolNames, type ToolNames } from '@claudex/sdk/codec';
import { AnswerWriter } from './answer/answer-writer.ts';
import { readContent } from './answer/content.ts';
import { ExtrasWatch, mayHaveExtras } from './answer/extras.ts';
import { reasoningText } from './answer/reasoning.ts';
import { faultOfFinish, finishing } from './answer/stop-reason.ts';
import { ToolCallSorter, type ToolCall } from './answer/tool-calls.ts';
import { decodeUsage } from './answer/usage.ts';
import type { ChatAnswer, ChatChoice, ChatCompletion, ChatUsage } from './wire.ts';

/*
 * Reads a streamed answer. Nothing is taken for complete that the provider did not finish: without a finish
 * reason or `[DONE]` the end of the bytes is a failure, and after a failure nothing follows.
 */

/** Makes the machine that turns the provider's events into canonical ones. */
export function decodeStream(context: CodecContext): Machine<SseEvent, CanonicalEvent> {
  return new ChatStreamDecoder(context);
}

class ChatStreamDecoder implements Machine<SseEvent, CanonicalEvent> {
  readonly #context: CodecContext;
  readonly #writer: AnswerWriter;
  readonly #sorter: ToolCallSorter;
  readonly #extras = new ExtrasWatch();
  #names: ToolNames | undefined;
  #ended = false;
  /** The last choice that named a finish reason. */
  #finished: ChatChoice | undefined;
  #refused = false;
  #usage: ChatUsage | undefined;
  #outputCharacters = 0;

  constructor(context: CodecContext) {
    this.#context = context;
    const names = (): ToolNames => (this.#names ??= toolNames(context.request, context.quirks.toolNameMaxLength));
    this.#writer = new AnswerWriter(context, names);
    this.#sorter = new ToolCallSorter(names);
  }

  push(event: SseEvent): CanonicalEvent[] {
    const out: CanonicalEvent[] = [];
    if (this.#ended) return out;
    const { data } = event;
    if (isDone(data)) {
      this.#conclude(out);
      return out;
    }
    const value = parseJson(data);
    if (event.event === 'error') this.#fail(readFaultBody(value ?? data), out);
    else if (isJsonObject(value)) this.#chunk(value, out);
    else if (Array.isArray(value)) this.#fail(readFaultBody(value), out);
    else if (value === undefined && data.trim() !== '')
      this.#fail(protocolFault('The provider sent an event that is not JSON.'), out);
    return out;
  }

  end(): CanonicalEvent[] {
    const out: CanonicalEvent[] = [];
    if (this.#ended) return out;
    if (this.#finished === undefined) this.#fail(protocolFault('The stream ended before it was finished.'), out);
    else this.#complete(out);
    return out;
  }

  #chunk(chunk: ChatCompletion, out: CanonicalEvent[]): void {
    if (chunk.error || chunk.x_groq?.error) {
      this.#fail(readFaultBody(chunk.error ? chunk : chunk.x_groq), out);
      return;
    }
    if (!this.#writer.started && typeof chunk.model === 'string' && chunk.model !== '')
      this.#writer.reportModel(chunk.model);
    if (chunk.usage) this.#usage = chunk.usage;
    else if (chunk.x_groq?.usage) this.#usage = chunk.x_groq.usage;
    if (chunk.citations !== undefined || chunk.search_results !== undefined)
      this.#extras.completion(chunk, report(out));
    if (!Array.isArray(chunk.choices)) {
      this.#withoutChoices(chunk, out);
      return;
    }
    for (const choice of chunk.choices) {
      if (!isJsonObject(choice)) continue;
      if (choice.index) this.#extras.alternatives(report(out));
      else this.#choice(choice, out);
      if (this.#ended) return;
    }
  }

  /** MiniMax and others put a failure into an event that has no choices; everything else without them is news. */
  #withoutChoices(chunk: ChatCompletion, out: CanonicalEvent[]): void {
    const code = chunk.base_resp?.status_code;
    if (chunk['type'] === 'error' || chunk['success'] === false || (code !== undefined && code !== 0))
      this.#fail(readFaultBody(chunk), out);
  }

  #choice(choice: ChatChoice, out: CanonicalEvent[]): void {
    if (choice.error) {
      this.#fail(readFaultBody({ error: choice.error }), out);
      return;
    }
    if (choice.usage) this.#usage = choice.usage;
    // A whole message instead of a delta: the answer itself if it is the first thing to come, else a summary.
    const answer = choice.delta ?? (this.#writer.started ? undefined : choice.message);
    if (isJsonObject(answer)) this.#answer(answer, out);
    const finish = choice.finish_reason;
    if (typeof finish !== 'string' || finish === '') return;
    const fault = faultOfFinish(finish);
    if (fault !== undefined) {
      this.#fail(fault, out);
      return;
    }
    this.#finished = choice;
  }

  #answer(answer: ChatAnswer, out: CanonicalEvent[]): void {
    const thinking = reasoningText(answer);
    if (thinking !== '') this.#thinking(thinking, out);
    const { content, refusal } = answer;
    if (typeof content === 'string') {
      if (content !== '') this.#text(content, out);
    } else if (Array.isArray(content)) {
      readContent(
        content,
        (text) => this.#text(text, out),
        (text) => this.#thinking(text, out),
      );
    }
    if (typeof refusal === 'string' && refusal !== '') {
      this.#refused = true;
      this.#text(refusal, out);
    }
    if (Array.isArray(answer.tool_calls)) {
      for (const piece of answer.tool_calls) {
        if (isJsonObject(piece)) this.#tool(this.#sorter.take(piece), out);
      }
    }
    if (isJsonObject(answer.function_call)) this.#tool(this.#sorter.takeLegacy(answer.function_call), out);
    if (mayHaveExtras(answer)) this.#extras.answer(answer, report(out));
  }

  #text(text: string, out: CanonicalEvent[]): void {
    this.#outputCharacters += text.length;
    this.#writer.text(text, out);
  }

  #thinking(text: string, out: CanonicalEvent[]): void {
    this.#outputCharacters += text.length;
    this.#writer.thinking(text, out);
  }

  #tool(call: ToolCall, out: CanonicalEvent[]): void {
    this.#outputCharacters += call.latest.length;
    this.#writer.tool(call, out);
  }

  /** `[DONE]` without a finish reason counts where something whole was said: some servers never give a reason. */
  #conclude(out: CanonicalEvent[]): void {
    if (this.#finished !== undefined || this.#isWhole()) this.#complete(out);
    else this.#fail(protocolFault('The provider ended the stream without an answer.'), out);
  }

  #isWhole(): boolean {
    return (this.#outputCharacters > 0 || this.#sorter.calls.length > 0) && this.#sorter.areComplete();
  }

  #complete(out: CanonicalEvent[]): void {
    this.#ended = true;
    const summary = { calledTools: this.#sorter.calls.length > 0, refused: this.#refused };
    const estimate = { inputTokens: this.#context.estimatedInputTokens, outputCharacters: this.#outputCharacters };
    const ending: MessageDelta = {
      type: 'message_delta',
      ...finishing(this.#finished ?? {}, summary, this.#context.request.stop_sequences),
      usage: decodeUsage(this.#usage, estimate),
    };
    this.#writer.finish(ending, out);
  }

  #fail(fault: Fault, out: CanonicalEvent[]): void {
    this.#ended = true;
    out.push({ type: 'error', fault });
  }
}

function isDone(data: string): boolean {
  return data.length < 16 && data.trim().toUpperCase() === '[DONE]';
}

function report(out: CanonicalEvent[]): (loss: Loss) => void {
  return (loss) => out.push({ type: 'loss', loss });
}
