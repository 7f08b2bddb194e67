import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import {
  isJsonObject,
  type CanonicalEvent,
  type CodecContext,
  type Fault,
  type Machine,
  type Protocol,
  type Refusal,
  type SseEvent,
} from '@claudex/sdk';

/** A protocol in a test: Chat Completions, with what a test wants to see or decide. */
export interface ScriptedProtocol extends Protocol {
  /** Every context with which a request was written. */
  readonly encoded: readonly CodecContext[];
  /** Every context with which an answer was read. */
  readonly decoded: readonly CodecContext[];
}

/**
 * Makes a protocol for `provider_type = "Scripted"`. A failure whose JSON has `refused` is a refusal of that part; a
 * stream is settled once it has a reason to finish.
 */
export function scriptedProtocol(): ScriptedProtocol {
  const encoded: CodecContext[] = [];
  const decoded: CodecContext[] = [];
  return {
    ...openaiChat,
    id: 'scripted',
    providerTypes: ['Scripted'],
    encoded,
    decoded,
    encodeRequest(context) {
      encoded.push(context);
      return openaiChat.encodeRequest(context);
    },
    decodeResponse(body, context) {
      decoded.push(context);
      const answer = openaiChat.decodeResponse(body, context);
      return 'fault' in answer ? { fault: withRefusal(answer.fault, body) } : answer;
    },
    decodeStream(context) {
      decoded.push(context);
      return settlingDecoder(openaiChat.decodeStream(context));
    },
    decodeFault: (failure) => withRefusal(openaiChat.decodeFault(failure), parsed(failure.body)),
  };
}

function settlingDecoder(decoder: Machine<SseEvent, CanonicalEvent>): Machine<SseEvent, CanonicalEvent> {
  let settled = false;
  return {
    push(event) {
      settled ||= event.data.includes('"finish_reason":"');
      const events = decoder.push(event);
      return events.map((each) =>
        each.type === 'error' ? { ...each, fault: withRefusal(each.fault, parsed(event.data)) } : each,
      );
    },
    end: () => decoder.end(),
    get settled() {
      return settled;
    },
  };
}

function withRefusal(fault: Fault, body: unknown): Fault {
  const refused = isJsonObject(body) ? body['refused'] : undefined;
  return isJsonObject(refused) ? { ...fault, refused: refused as unknown as Refusal } : fault;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
