import type {
  BlockDelta,
  CanonicalEvent,
  MessageDelta,
  MessageStart,
  OpeningBlock,
  ServerToolResultBlock,
  StopReason,
  ToolUseBlock,
} from '@claudex/sdk';
import { eventsOfBlock, responseFromEvents, type SearchTool } from '@claudex/sdk/codec';
import type { ExchangeRecord } from '../exchange.ts';
import { parseJsonObject } from '../parse-json.ts';
import type { AnswerSink } from './answer-sink.ts';
import type { Round, SearchCall } from './round.ts';
import { searchIdOf } from './search-ids.ts';
import { sumUsage } from './sum-usage.ts';

/** A call of a search whose arguments are still coming. */
interface HeldCall {
  readonly block: ToolUseBlock;
  json: string;
}

/**
 * Joins the model's answers of all rounds into one message. What the model says goes on at once, with its blocks counted
 * through; a call of a search becomes a call of a server tool; only the last end is the message's.
 */
export class JoinedAnswer {
  readonly #tools: ReadonlySet<string>;
  readonly #sink: AnswerSink;
  readonly #record: ExchangeRecord;
  #start: MessageStart | undefined;
  #hasStarted = false;
  #index = 0;
  #held: HeldCall | undefined;
  #events: CanonicalEvent[] = [];
  #calls: SearchCall[] = [];
  #callsClient = false;
  #end: MessageDelta | undefined;
  /** The end of the message was written. */
  complete = false;
  /** Something was given out. */
  given = false;

  constructor(tools: readonly SearchTool[], sink: AnswerSink, record: ExchangeRecord) {
    this.#tools = new Set(tools);
    this.#sink = sink;
    this.#record = record;
  }

  /** Takes the next event of the model's answer. */
  take(event: CanonicalEvent): void {
    switch (event.type) {
      case 'message_start':
        this.#start ??= event;
        return;
      case 'content_block_start':
        this.#events.push(event);
        return this.#open(event.content_block);
      case 'content_block_delta':
        this.#events.push(event);
        return this.#grow(event.delta);
      case 'content_block_stop':
        this.#events.push(event);
        return this.#close();
      case 'message_delta':
        this.#end = { ...event, usage: sumUsage(this.#end?.usage, event.usage) };
        this.#record.usage = this.#end.usage;
        return;
      case 'message_stop':
        if (this.#calls.length === 0) this.finish();
        return;
      default:
    }
  }

  /** The round that has just ended. The next one may begin. */
  endRound(): Round {
    const round = {
      calls: this.#calls,
      // What cannot be read in it was noted when it came, or goes back as it is.
      content: responseFromEvents(this.#events, [], parseJsonObject).content,
      stopReason: this.#end?.stop_reason ?? null,
      callsClient: this.#callsClient,
    };
    this.#calls = [];
    this.#events = [];
    return round;
  }

  /** Writes what a search has found. */
  addResult(block: ServerToolResultBlock): void {
    this.#writeBlock(block);
  }

  /** Writes the end of the message: the last round's, unless there is another reason. */
  finish(stopReason?: StopReason): void {
    if (this.#end) this.#write(stopReason === undefined ? this.#end : { ...this.#end, stop_reason: stopReason });
    if (stopReason !== undefined) this.#record.stopReason = stopReason;
    this.#write({ type: 'message_stop' });
    this.complete = true;
  }

  /** What can be sent to the client now, or nothing. */
  release(): string | undefined {
    const text = this.#sink.release();
    this.given ||= text !== undefined;
    return text;
  }

  #open(block: OpeningBlock): void {
    if (block.type === 'tool_use' && this.#tools.has(block.name)) {
      this.#held = { block, json: '' };
      return;
    }
    this.#callsClient ||= block.type === 'tool_use';
    this.#write({ type: 'content_block_start', index: this.#index, content_block: block });
  }

  #grow(delta: BlockDelta): void {
    if (!this.#held) this.#write({ type: 'content_block_delta', index: this.#index, delta });
    else if (delta.type === 'input_json_delta') this.#held.json += delta.partial_json;
  }

  #close(): void {
    const held = this.#held;
    this.#held = undefined;
    if (!held) {
      this.#write({ type: 'content_block_stop', index: this.#index });
      this.#index += 1;
      return;
    }
    const { id: callId, name, input: opening } = held.block;
    const input = held.json.trim() === '' ? opening : (parseJsonObject(held.json) ?? {});
    const id = searchIdOf(callId);
    this.#calls.push({ id, callId, tool: name as SearchTool, input });
    this.#writeBlock({ type: 'server_tool_use', id, name, input });
  }

  #writeBlock(block: OpeningBlock): void {
    for (const event of eventsOfBlock(block, this.#index)) this.#write(event);
    this.#index += 1;
  }

  #write(event: CanonicalEvent): void {
    if (!this.#hasStarted && this.#start) this.#sink.write(this.#start);
    this.#hasStarted = true;
    this.#sink.write(event);
  }
}
