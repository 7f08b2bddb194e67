import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { chatChunks, chatCompletion } from '../../../support/chat-answers.ts';
import {
  sendWhole,
  startRecordingServer,
  type RecordedRequest,
  type RecordingServer,
} from '../../../support/recording-server.ts';

/** How a provider is spoken to: translated, or in the client's own protocol, where bytes are passed on. */
export const DIALECTS = ['chat', 'own'] as const;
export type Dialect = (typeof DIALECTS)[number];

/** The fields that both kinds of request have. */
export interface Asked {
  readonly model: string;
  readonly stream?: boolean;
}

/** What a provider does with a call. */
export type Act =
  /** Answers with its own name. */
  | 'answer'
  /** Says that it is overloaded inside an answer that began well, before it has said anything. */
  | 'overloaded-inside'
  /** Begins to answer, and breaks the connection in the middle of a word. */
  | 'break'
  /** Begins to answer and stays silent then. */
  | 'stall'
  /** Accepts the call and never answers. */
  | 'silence'
  | { readonly status: number; readonly headers?: { readonly [name: string]: string }; readonly error?: object }
  | { readonly afterMs: number; readonly act: Act }
  | { readonly after: Promise<void>; readonly act: Act };

/** A provider of both protocols. */
export interface Provider extends RecordingServer<Asked> {
  readonly name: string;
}

/** Starts a provider; `script` says what it does with its n-th call, counted from 0. */
export async function startProvider(name: string, script: (n: number) => Act): Promise<Provider> {
  const server = await startRecordingServer<Asked>((request, response, n) =>
    perform(name, script(n), request, response),
  );
  return { ...server, name };
}

/** A profile of the same name for a provider. */
export function profileOf({ name, url }: Pick<Provider, 'name' | 'url'>, dialect: Dialect, more = ''): string {
  const type = dialect === 'chat' ? 'OpenAICompatible' : 'DirectAnthropic';
  const base = dialect === 'chat' ? `${url}/v1` : url;
  return `[[profiles]]\nname = "${name}"\nprovider_type = "${type}"\nbase_url = "${base}"\ndefault_model = "model-of-${name}"\napi_key = "key-of-${name}"\n${more}\n`;
}

async function perform(
  name: string,
  act: Act,
  request: RecordedRequest<Asked>,
  response: ServerResponse,
): Promise<void> {
  if (act === 'silence') return;
  if (typeof act === 'object' && 'afterMs' in act) {
    await Promise.race([pause(act.afterMs), once(response, 'close')]);
    return perform(name, act.act, request, response);
  }
  if (typeof act === 'object' && 'after' in act) {
    await act.after;
    return perform(name, act.act, request, response);
  }
  const dialect = request.url.includes('/chat/completions') ? 'chat' : 'own';
  if (typeof act === 'object') {
    const { status, headers, error } = act;
    const type = status < 500 ? 'invalid_request_error' : 'api_error';
    const told = { type: 'error', error: { type, message: `${name} says ${status}`, ...error } };
    return sendWhole(response, status, told, headers);
  }
  if (request.body.stream !== true) return answerWhole(name, act, dialect, response);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const events = dialect === 'chat' ? chatEvents(name) : ownEvents(name);
  // The first event says nothing yet.
  const begun = events.slice(0, dialect === 'chat' ? 2 : 3);
  const parts = {
    answer: events,
    break: begun,
    stall: begun,
    'overloaded-inside': [...events.slice(0, 1), overload(dialect)],
  };
  await new Promise<void>((resolve) => response.write(parts[act].join(''), () => resolve()));
  if (act === 'break') response.destroy();
  else if (act !== 'stall') response.end();
}

function answerWhole(
  name: string,
  act: 'answer' | 'overloaded-inside' | 'break' | 'stall',
  dialect: Dialect,
  response: ServerResponse,
): void {
  const whole =
    dialect === 'chat'
      ? chatCompletion('m', { text: `I am ${name}.` }, 0)
      : { ...messageOf(name), content: [{ type: 'text', text: `I am ${name}.` }] };
  if (act === 'answer') return sendWhole(response, 200, whole);
  if (act === 'overloaded-inside')
    return sendWhole(response, 200, { error: { type: 'overloaded_error', message: 'busy' } });
  const half = JSON.stringify(whole).slice(0, 60);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write(half, () => (act === 'break' ? response.destroy() : undefined));
  return undefined;
}

function overload(dialect: Dialect): string {
  const error = { type: 'overloaded_error', message: 'busy', ...(dialect === 'chat' && { code: 529 }) };
  return `event: error\ndata: ${JSON.stringify({ type: 'error', error })}\n\n`;
}

function chatEvents(name: string): string[] {
  const chunks = chatChunks('m', { text: `I am ${name}.` }, 0);
  return [...chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`), 'data: [DONE]\n\n'];
}

function messageOf(name: string) {
  const usage = { input_tokens: 50, output_tokens: 10 };
  return {
    id: `msg_${name}`,
    type: 'message',
    role: 'assistant',
    model: 'm',
    content: [],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage,
  };
}

function ownEvents(name: string): string[] {
  const text = `I am ${name}.`;
  const events = [
    { type: 'message_start', message: { ...messageOf(name), stop_reason: null } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: text.slice(0, 3) } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: text.slice(3) } },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 10 } },
    { type: 'message_stop' },
  ];
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}
