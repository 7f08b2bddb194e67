import { randomUUID } from 'node:crypto';
import { isJsonObject, type CanonicalEvent, type CodecContext, type Protocol } from '@claudex/sdk';
import { parseJson, responseFromEvents } from '@claudex/sdk/codec';
import type { HttpResponse } from '../../http/index.ts';
import { SseReader } from '../../proxy/index.ts';
import type { Reply } from './reply.ts';

/** Far more than any check asks for. */
const MOST_BYTES = 4 * 1024 * 1024;

/** What an answer says by itself. */
export type ReadAnswer = Omit<Reply, 'latencyMs' | 'losses'>;

/** Reads an answer of the proxy to its end. `began` is when it was asked for, as `performance.now()` gives it. */
export async function readAnswer(
  response: HttpResponse,
  protocol: Protocol,
  isStream: boolean,
  began: number,
): Promise<ReadAnswer> {
  if (response.status !== 200) {
    const message = messageIn(await response.text(MOST_BYTES));
    return { ...NOTHING, failure: { status: response.status, message } };
  }
  return isStream ? readStream(response, protocol, began) : readWhole(await response.text(MOST_BYTES), protocol);
}

/** Milliseconds since `began`, in whole ones. */
export function since(began: number): number {
  return Math.round(performance.now() - began);
}

const NOTHING = { content: [], stopReason: null, pieces: 0 };

function readWhole(text: string, protocol: Protocol): ReadAnswer {
  const body = parseJson(text);
  const decoded = protocol.decodeResponse(isJsonObject(body) ? body : {}, CONTEXT);
  if ('fault' in decoded) return { ...NOTHING, failure: { status: 200, message: decoded.fault.message } };
  const { content, stop_reason } = decoded.response;
  return { content, stopReason: stop_reason, pieces: 0 };
}

async function readStream(response: HttpResponse, protocol: Protocol, began: number): Promise<ReadAnswer> {
  const reader = new SseReader();
  const machine = protocol.decodeStream(CONTEXT);
  const events: CanonicalEvent[] = [];
  let firstEventMs: number | undefined;
  const take = (more: readonly CanonicalEvent[]): void => {
    const telling = more.filter(({ type }) => type !== 'ping');
    if (telling.length > 0) firstEventMs ??= since(began);
    events.push(...telling);
  };
  for await (const piece of response.body) take(reader.push(piece).flatMap((event) => machine.push(event)));
  take([...reader.end().flatMap((event) => machine.push(event)), ...machine.end()]);
  const { content, stop_reason } = responseFromEvents(events, []);
  const fault = events.find((event) => event.type === 'error')?.fault;
  return {
    content,
    stopReason: stop_reason,
    pieces: events.filter(({ type }) => type === 'content_block_delta').length,
    ...(firstEventMs !== undefined && { firstEventMs }),
    ...(fault && { failure: { status: fault.status ?? 200, message: fault.message } }),
  };
}

/** Enough to read an answer of the proxy: it holds nothing that would have to be restored. */
const CONTEXT: CodecContext = {
  request: { model: '', messages: [], system: [], tools: [], stream: true, client: { betas: [] }, other: {} },
  model: '',
  quirks: {},
  newId: (prefix) => `${prefix}_${randomUUID()}`,
  estimatedInputTokens: 0,
};

function messageIn(text: string): string {
  const body = parseJson(text);
  const error = isJsonObject(body) ? body['error'] : undefined;
  return isJsonObject(error) && typeof error['message'] === 'string' ? error['message'] : '';
}
