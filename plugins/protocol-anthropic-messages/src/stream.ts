import {
  isInvalidRequest,
  isJsonObject,
  protocolFault,
  type CanonicalEvent,
  type CodecContext,
  type Fault,
  type Json,
  type JsonObject,
  type Machine,
  type SseEvent,
} from '@claudex/sdk';
import { CallIds } from './call-ids.ts';
import { extensionOf } from './extensions.ts';
import { faultOfError } from './fault.ts';
import { OpenBlock } from './open-block.ts';
import { answerExtras } from './response.ts';
import { decodeStopReason } from './stop-reason.ts';
import { decodeUsage, mergeUsage, usageExtras } from './usage.ts';

/*
 * Reads Anthropic's stream. What comes out keeps the grammar whatever comes in:
 *
 *   before --message_start--> between --content_block_start--> open
 *                             between <--content_block_stop--- open
 *                             between --message_delta--> closing --message_stop--> stopped
 *   any but stopped --error event, broken JSON, event out of order, end of input--> failed
 *
 * Providers that imitate the vendor are met half-way: a stop that is missing before the next block or before
 * message_delta is added, indexes are counted anew, and `event:` lines are not needed.
 */
type State = { phase: 'before' | 'between' | 'closing' | 'stopped' | 'failed' } | { phase: 'open'; block: OpenBlock };

const DELTA_FIELDS = new Set(['stop_reason', 'stop_sequence']);

/** Turns the vendor's Server-Sent Events into canonical events; also the tap of a stream that is passed on as it is. */
export function decodeStream(context: CodecContext): Machine<SseEvent, CanonicalEvent> {
  return new StreamDecoder(context);
}

class StreamDecoder implements Machine<SseEvent, CanonicalEvent> {
  readonly #context: CodecContext;
  readonly #ids: CallIds;
  #state: State = { phase: 'before' };
  #nextIndex = 0;
  #usage: JsonObject = {};

  constructor(context: CodecContext) {
    this.#context = context;
    this.#ids = new CallIds(context);
  }

  push(input: SseEvent): CanonicalEvent[] {
    const { phase } = this.#state;
    // Nothing that follows the end can change the answer, not even when it is broken.
    if (phase === 'stopped' || phase === 'failed' || input.data === '' || input.data === '[DONE]') return [];
    let event: Json;
    try {
      event = JSON.parse(input.data) as Json;
    } catch {
      return this.#fail(protocolFault('The provider sent an event that is not JSON.'));
    }
    return isJsonObject(event) ? this.#read(event, event['type'] ?? input.event) : [];
  }

  end(): CanonicalEvent[] {
    if (this.#state.phase === 'stopped' || this.#state.phase === 'failed') return [];
    return this.#fail(protocolFault('The provider ended the stream before the answer was complete.'));
  }

  #read(event: JsonObject, type: Json | undefined): CanonicalEvent[] {
    if (type === 'ping') return [{ type: 'ping' }];
    switch (type) {
      case 'content_block_delta':
        return this.#grow(event['delta']);
      case 'content_block_start':
        return this.#open(event['content_block']);
      case 'content_block_stop':
        return this.#close();
      case 'message_start':
        return this.#begin(event['message']);
      case 'message_delta':
        return this.#conclude(event);
      case 'message_stop':
        return this.#stop();
      default:
        // Some gateways send a bare `{"error": …}`. Any other event is one that is not known yet.
        return type === 'error' || isJsonObject(event['error']) ? this.#fail(faultOfError(event)) : [];
    }
  }

  #begin(message: Json | undefined): CanonicalEvent[] {
    if (this.#state.phase !== 'before') return [];
    if (!isJsonObject(message)) return this.#outOfOrder('message_start');
    this.#state = { phase: 'between' };
    this.#usage = mergeUsage({}, message['usage']);
    const { id, model } = message;
    const usage = decodeUsage(this.#usage);
    const reported =
      usage.input_tokens + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0);
    return [
      {
        type: 'message_start',
        id: typeof id === 'string' ? id : this.#context.newId('msg'),
        model: typeof model === 'string' ? model : this.#context.model,
        usage: reported === 0 ? { ...usage, input_tokens: this.#context.estimatedInputTokens } : usage,
      },
    ];
  }

  #open(wire: Json | undefined): CanonicalEvent[] {
    if (this.#state.phase === 'before' || this.#state.phase === 'closing' || !isJsonObject(wire)) {
      return this.#outOfOrder('content_block_start');
    }
    const closed = this.#close();
    try {
      const block = new OpenBlock(wire, this.#nextIndex, this.#ids);
      this.#nextIndex += 1;
      this.#state = { phase: 'open', block };
      return [...closed, ...block.start()];
    } catch (error) {
      if (!isInvalidRequest(error)) throw error;
      return [...closed, ...this.#fail(protocolFault(`The provider opened a malformed block (${error.message}).`))];
    }
  }

  #grow(delta: Json | undefined): CanonicalEvent[] {
    if (this.#state.phase === 'open' && isJsonObject(delta)) return this.#state.block.grow(delta);
    return this.#outOfOrder('content_block_delta');
  }

  #close(): CanonicalEvent[] {
    if (this.#state.phase !== 'open') return [];
    const { block } = this.#state;
    this.#state = { phase: 'between' };
    return block.stop();
  }

  #conclude(event: JsonObject): CanonicalEvent[] {
    if (this.#state.phase === 'before') return this.#outOfOrder('message_delta');
    if (this.#state.phase === 'closing') return [];
    const closed = this.#close();
    this.#state = { phase: 'closing' };
    this.#usage = mergeUsage(this.#usage, event['usage']);
    const delta = isJsonObject(event['delta']) ? event['delta'] : {};
    const { stop_sequence: stopSequence } = delta;
    const management = event['context_management'];
    const extras = { ...delta, ...(management !== undefined && { context_management: management }) };
    return [
      ...closed,
      {
        type: 'message_delta',
        ...decodeStopReason(delta['stop_reason']),
        ...(typeof stopSequence === 'string' && { stop_sequence: stopSequence }),
        usage: decodeUsage(this.#usage),
        ...extensionOf(answerExtras(extras, DELTA_FIELDS, usageExtras(this.#usage))),
      },
    ];
  }

  #stop(): CanonicalEvent[] {
    if (this.#state.phase === 'before') return this.#outOfOrder('message_stop');
    const concluded = this.#state.phase === 'closing' ? [] : this.#conclude({});
    this.#state = { phase: 'stopped' };
    return [...concluded, { type: 'message_stop' }];
  }

  #outOfOrder(type: string): CanonicalEvent[] {
    return this.#fail(protocolFault(`The provider sent ${type} where it makes no sense.`));
  }

  #fail(fault: Fault): CanonicalEvent[] {
    this.#state = { phase: 'failed' };
    return [{ type: 'error', fault }];
  }
}
