import type { ClientCodec, JsonObject } from '@claudex/sdk';
import type { HttpResponse } from '../http/index.ts';
import type { Exchange } from './exchange.ts';
import { FaultError, protocolFault } from './fault-error.ts';
import { parseJsonObject } from './parse-json.ts';

/** Most bytes taken of one answer that is not streamed. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** Reads a complete answer and returns the client's body. Throws a {@link FaultError} when it is none. */
export async function answerWhole(exchange: Exchange, response: HttpResponse, client: ClientCodec): Promise<string> {
  const text = await response.text(MAX_ANSWER_BYTES);
  const decoded = decodeWhole(exchange, text);
  exchange.record.losses.push(...decoded.losses);
  exchange.record.usage = decoded.response.usage;
  exchange.record.stopReason = decoded.response.stop_reason ?? decoded.response.raw_stop_reason;
  return exchange.passThrough ? text : JSON.stringify(client.encodeResponse(decoded.response));
}

/** Reads the text of a complete answer. Throws a {@link FaultError} when it is not one. */
export function decodeWhole(
  exchange: Exchange,
  text: string,
): Extract<ReturnType<Exchange['bound']['protocol']['decodeResponse']>, { response: unknown }> {
  const body: JsonObject | undefined = parseJsonObject(text);
  if (!body) throw new FaultError(protocolFault(notJsonMessage(exchange, text)));
  const decoded = exchange.bound.protocol.decodeResponse(body, exchange.context);
  if ('fault' in decoded) throw new FaultError(decoded.fault);
  return decoded;
}

/** Says what came instead of an answer, without repeating it. */
export function notJsonMessage(exchange: Exchange, text: string): string {
  const what = /^\s*</.test(text) ? 'a web page' : text.trim() === '' ? 'nothing' : 'something that is not JSON';
  return `${exchange.bound.provider.title} answered ${what} instead of a message; check base_url of profile "${exchange.bound.profile.name}"`;
}
