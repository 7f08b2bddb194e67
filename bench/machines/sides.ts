import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import { openaiResponses } from '@claudex/plugin-protocol-openai-responses';
import type { Protocol, SseEvent } from '@claudex/sdk';
import type { Answer } from '../fixtures/answer.ts';
import { chatStream } from '../fixtures/chat-answer.ts';
import { responsesStream } from '../fixtures/responses-answer.ts';
import { chatDelta, responsesDelta, type DeltaWriter } from './template-stream.ts';

/** A protocol of providers, and what its benches need. */
export interface Side {
  readonly protocol: Protocol;
  readonly streamOf: (answer: Answer) => SseEvent[];
  /** What the floor writes for an event. */
  readonly writeDelta: DeltaWriter;
  /** Where its recordings are. */
  readonly recordings: 'chat' | 'responses';
}

/** The protocols whose translation is measured. */
export const SIDES = {
  chat: { protocol: openaiChat, streamOf: chatStream, writeDelta: chatDelta, recordings: 'chat' },
  responses: {
    protocol: openaiResponses,
    streamOf: responsesStream,
    writeDelta: responsesDelta,
    recordings: 'responses',
  },
} as const satisfies { readonly [name: string]: Side };
