import { protocolFault, type CanonicalResponse, type ClientCodec } from '@claudex/sdk';
import type { HttpResponse } from '../http/index.ts';
import type { Exchange } from './exchange.ts';
import { FaultError } from './fault-error.ts';
import { parseJsonObject } from './parse-json.ts';

/** Most bytes taken of one answer that is not streamed. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** Reads a complete answer and returns the client's body. Throws a {@link FaultError} when it is none. */
export async function answerWhole(exchange: Exchange, response: HttpResponse, client: ClientCodec): Promise<string> {
  const text = await response.text(MAX_ANSWER_BYTES);
  const answer = decodeWhole(exchange, text);
  return exchange.passThrough ? text : JSON.stringify(client.encodeResponse(answer));
}

/** Says what came instead of an answer, without repeating it. */
function notAnAnswer({ bound }: Exchange, text: string): FaultError {
  const what = /^\s*</.test(text) ? 'a web page' : text.trim() === '' ? 'nothing' : 'something that is not JSON';
  const { provider, profile } = bound;
  return new FaultError(
    protocolFault(
      `${provider.title} answered ${what} instead of a message; check base_url of profile "${profile.name}".`,
    ),
  );
}

/** Reads the text of a complete answer into the canonical form and the record. Throws a {@link FaultError} when it is none. */
export function decodeWhole(exchange: Exchange, text: string): CanonicalResponse {
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
