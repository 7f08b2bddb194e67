import type { ServerResponse } from 'node:http';
import type { JsonObject } from '@claudex/sdk';
import { sendWhole } from '../../../support/recording-server.ts';

/** How a provider of one protocol says something. */
interface Dialect {
  readonly ok: readonly JsonObject[];
  whole(said: readonly JsonObject[]): JsonObject;
  events(said: readonly JsonObject[]): readonly JsonObject[];
}

const CHAT_USAGE = { prompt_tokens: 20, completion_tokens: 5, total_tokens: 25 };

const chat: Dialect = {
  ok: [{ content: 'ok' }],
  whole: (said) => ({
    id: 'chatcmpl-1',
    choices: [
      { index: 0, message: Object.assign({ role: 'assistant' }, ...said) as JsonObject, finish_reason: 'stop' },
    ],
    usage: CHAT_USAGE,
  }),
  events: (said) => [
    ...said.map((delta): JsonObject => ({ id: 'chatcmpl-1', choices: [{ index: 0, delta, finish_reason: null }] })),
    { id: 'chatcmpl-1', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], usage: CHAT_USAGE },
  ],
};

const responses: Dialect = {
  ok: [{ type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text: 'ok' }] }],
  whole: (said) => ({
    id: 'resp_1',
    status: 'completed',
    output: said.map((item, place) => ({ id: `item_${place}`, ...item })),
    usage: { input_tokens: 20, output_tokens: 5, total_tokens: 25 },
  }),
  events(said) {
    const response = this.whole(said);
    return [
      { type: 'response.created', response: { id: 'resp_1', status: 'in_progress', output: [] } },
      ...(response['output'] as JsonObject[]).map((item, place): JsonObject => ({
        type: 'response.output_item.done',
        output_index: place,
        item,
      })),
      { type: 'response.completed', response },
    ];
  },
};

const messages: Dialect = {
  ok: [{ type: 'text', text: 'ok' }],
  whole: (said) => ({
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'm',
    content: [...said],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 20, output_tokens: 5 },
  }),
  events(said) {
    const whole = this.whole(said);
    return [
      { type: 'message_start', message: { ...whole, content: [], stop_reason: null } },
      ...said.flatMap((block, index): JsonObject[] => [
        { type: 'content_block_start', index, content_block: { ...block, text: '' } },
        { type: 'content_block_delta', index, delta: { type: 'text_delta', text: block['text'] ?? '' } },
        { type: 'content_block_stop', index },
      ]),
      { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 5 } },
      { type: 'message_stop' },
    ];
  },
};

const gemini: Dialect = {
  ok: [{ text: 'ok' }],
  whole: (said) => ({
    candidates: [{ content: { role: 'model', parts: [...said] }, finishReason: 'STOP' }],
    usageMetadata: { promptTokenCount: 20, candidatesTokenCount: 5, totalTokenCount: 25 },
  }),
  events(said) {
    return [this.whole(said)];
  },
};

const DIALECTS: { readonly [protocol: string]: Dialect } = {
  'openai-chat': chat,
  'openai-responses': responses,
  'anthropic-messages': messages,
  'google-gemini': gemini,
};

/** Answers in a protocol, as a stream or whole; without words of its own the provider says `ok`. */
export function sendAnswer(
  response: ServerResponse,
  protocol: string,
  isStream: boolean,
  said?: readonly JsonObject[],
): void {
  const dialect = DIALECTS[protocol];
  if (dialect === undefined) throw new Error(`nobody here speaks "${protocol}"`);
  const content = said ?? dialect.ok;
  if (!isStream) return sendWhole(response, 200, dialect.whole(content));
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const event of dialect.events(content)) {
    const type = event['type'];
    response.write(`${typeof type === 'string' ? `event: ${type}\n` : ''}data: ${JSON.stringify(event)}\n\n`);
  }
  response.end(protocol === 'openai-chat' ? 'data: [DONE]\n\n' : '');
  return undefined;
}
