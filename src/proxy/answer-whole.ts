import type { CanonicalResponse, ClientCodec } from '@claudex/sdk';
import type { HttpResponse } from '../http/index.ts';
import { eventsOfResponse } from './events-of-response.ts';
import type { Exchange } from './exchange.ts';
import { FaultError, protocolFault } from './fault-error.ts';
import { parseJsonObject } from './parse-json.ts';
import { sseText } from './sse-text.ts';

/** Most bytes taken of one answer that is not streamed. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** Reads a complete answer and returns the client's body. Throws a {@link FaultError} when it is none. */
export async function answerWhole(exchange: Exchange, response: HttpResponse, client: ClientCodec): Promise<string> {
  const text = await response.text(MAX_ANSWER_BYTES);
  const answer = decodeWhole(exchange, text);
  return exchange.passThrough ? text : JSON.stringify(client.encodeResponse(answer));
}

/** Reads a complete answer to a request that asked for a stream, and writes it as one. */
export async function answerWholeAsStream(
  exchange: Exchange,
  response: HttpResponse,
  client: ClientCodec,
): Promise<string> {
  const answer = decodeWhole(exchange, await response.text(MAX_ANSWER_BYTES));
  const encoder = client.encodeStream();
  return eventsOfResponse(answer)
    .flatMap((event) => encoder.push(event))
    .map(sseText)
    .join('');
}

/** Says what came instead of an answer, without repeating it. */
export function notAnAnswer({ bound }: Exchange, text: string): FaultError {
  const what = /^\s*</.test(text) ? 'a web page' : text.trim() === '' ? 'nothing' : 'something that is not JSON';
  const { provider, profile } = bound;
  return new FaultError(
    protocolFault(
      `${provider.title} answered ${what} instead of a message; check base_url of profile "${profile.name}".`,
    ),
  );
}

function decodeWhole(exchange: Exchange, text: string): CanonicalResponse {
  const { bound, context, record } = exchange;
  const body = parseJsonObject(text);
  if (!body) throw notAnAnswer(exchange, text);
  const decoded = bound.protocol.decodeResponse(body, context);
  if ('fault' in decoded) throw new FaultError(decoded.fault);
  record.losses.push(...decoded.losses);
  record.usage = decoded.response.usage;
  record.stopReason = decoded.response.stop_reason ?? decoded.response.raw_stop_reason;
  return decoded.response;
}
