import type { ServerResponse } from 'node:http';
import { chatChunks, chatCompletion } from './chat-answers.ts';
import { sendWhole, startRecordingServer, type RecordedRequest, type RecordingServer } from './recording-server.ts';

/** A tool call as the model makes it. */
export interface ScriptedToolCall {
  /** Default: `call_<request>_<position>`. */
  readonly id?: string;
  readonly name: string;
  readonly input: unknown;
}

/** A successful answer: text, then tool calls. Streamed in several deltas, parallel calls interleaved. */
export interface ScriptedAnswer {
  readonly text?: string;
  readonly toolCalls?: readonly ScriptedToolCall[];
  /** Default: `tool_calls` when there are any, else `stop`. */
  readonly finishReason?: string;
  readonly usage?: {
    readonly prompt_tokens: number;
    readonly completion_tokens: number;
    readonly [more: string]: unknown;
  };
  /** Cuts the connection after this many chunks of the stream. */
  readonly cutAfter?: number;
}

/** An answer that is no completion: an error status, or a page where JSON belongs. A string is sent as HTML. */
export interface ScriptedRefusal {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: { readonly [name: string]: string };
}

/** One message of a Chat Completions request. */
export interface ChatMessage {
  readonly role: string;
  readonly content?: unknown;
  readonly tool_calls?: readonly { readonly id: string; readonly function: { name: string; arguments: string } }[];
  readonly tool_call_id?: string;
}

/** The fields of a Chat Completions request that tests look at. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly stream?: boolean;
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
  readonly [field: string]: unknown;
}

/** Decides the answer to a request; `n` counts the requests from 0. */
export type ChatScript = (
  body: ChatRequest,
  n: number,
) => ScriptedAnswer | ScriptedRefusal | Promise<ScriptedAnswer | ScriptedRefusal>;

/** Starts a provider of Chat Completions on a free loopback port. Its base URL is `url` plus `/v1`. */
export function startChatUpstream(script: ChatScript): Promise<RecordingServer<ChatRequest>> {
  return startRecordingServer<ChatRequest>(async (request, response, n) => {
    if (request.method !== 'POST' || !request.url.startsWith('/v1/chat/completions')) {
      return sendWhole(response, 404, { error: { message: `no such path: ${request.url}`, type: 'not_found' } });
    }
    const reply = await script(request.body, n);
    return 'status' in reply
      ? sendWhole(response, reply.status, reply.body, reply.headers)
      : answer(request, response, reply, n);
  });
}

/** How many times the model has already spoken in this conversation. */
export function turnOf(body: ChatRequest): number {
  return body.messages.filter((message) => message.role === 'assistant').length;
}

/** The results of tools in a request, by the id of the call. */
export function toolResults(body: ChatRequest): Map<string, string> {
  const results = body.messages.filter((message) => message.role === 'tool');
  return new Map(results.map((message) => [message.tool_call_id ?? '', contentText(message.content)]));
}

/** The text of a message's content, given as a string or as parts. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part: { text?: string }) => part.text ?? '').join('');
}

function answer(
  request: RecordedRequest<ChatRequest>,
  response: ServerResponse,
  reply: ScriptedAnswer,
  n: number,
): void {
  if (request.body.stream !== true) return sendWhole(response, 200, chatCompletion(request.body.model, reply, n));
  const chunks = chatChunks(request.body.model, reply, n);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const sent = reply.cutAfter === undefined ? chunks : chunks.slice(0, reply.cutAfter);
  const text = sent.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');
  if (reply.cutAfter === undefined) response.end(`${text}data: [DONE]\n\n`);
  else response.write(text, () => response.destroy());
}
