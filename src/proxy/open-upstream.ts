import { isJsonObject, type Fault, type UpstreamFailure } from '@claudex/sdk';
import type { HttpLimits, HttpResponse } from '../http/index.ts';
import type { Exchange } from './exchange.ts';
import { FaultError, faultOf } from './fault-error.ts';
import { isAboutWindow, isWordedForClients, readSilence } from './overflow-fault.ts';
import { parseJsonObject } from './parse-json.ts';
import type { ProxyState } from './proxy-state.ts';
import { NO_RETRY } from './request-error.ts';

/** Most bytes read of an answer that is an error. */
const MAX_ERROR_BYTES = 64 * 1024;
/** A call that is not streamed gives its first byte only when the whole answer is written. */
const WHOLE_ANSWER_FACTOR = 5;
/** Headers of the upstream that a client may see. Everything else is dropped. */
const PASSED = /^(retry-after(-ms)?|anthropic-ratelimit-[a-z0-9-]+)$/;
/** Their values are numbers, durations and times; anything else is dropped, too. */
const PASSED_VALUE = /^[\x20-\x7e]{1,100}$/;

/** Sends an exchange's request. Throws a {@link FaultError} for anything but a success. */
export async function openUpstream(state: ProxyState, exchange: Exchange): Promise<HttpResponse> {
  exchange.trail.calls += 1;
  let response: HttpResponse;
  try {
    response = await state.upstream.send(exchange.request, limitsOf(exchange), exchange.signal);
  } catch (error) {
    throw new FaultError(faultOf(error, exchange.record, state.shutdown.aborted));
  }
  if (response.status >= 200 && response.status < 300) return response;
  throw await failureOf(state, exchange, response);
}

/** The headers of an upstream's answer that are passed on to the client. */
export function passedHeaders(response: HttpResponse): { [name: string]: string } {
  const { headers } = response;
  return Object.fromEntries(
    Object.entries(headers).filter(([name, value]) => PASSED.test(name) && PASSED_VALUE.test(value)),
  );
}

function limitsOf({ bound, context }: Exchange): HttpLimits {
  const { connect_s, first_byte_s, idle_s } = bound.timeouts;
  return {
    connectMs: connect_s * 1000,
    firstByteMs: first_byte_s * 1000 * (context.request.stream ? 1 : WHOLE_ANSWER_FACTOR),
    idleMs: idle_s * 1000,
  };
}

async function failureOf(state: ProxyState, exchange: Exchange, response: HttpResponse): Promise<FaultError> {
  let body = '';
  try {
    body = await response.text(MAX_ERROR_BYTES);
  } catch {
    // The status says enough when the body is cut.
  }
  const { status, headers: given } = response;
  const read = readFault(state, exchange, { status, headers: given, body });
  const fault = readSilence(read, body, exchange.context);
  const headers = passedHeaders(response);
  if (fault.kind === 'authentication') Object.assign(headers, NO_RETRY);
  return exchange.passThrough && isPassedOn(fault, body)
    ? new FaultError(fault, headers, withRequestId(body, exchange.requestId))
    : new FaultError(fault, headers);
}

/** Reads an error. A protocol shortens long messages, and nobody would recognise a half of a secret afterwards. */
function readFault({ scrubber }: ProxyState, { bound }: Exchange, answer: UpstreamFailure): Fault {
  const fault = bound.protocol.decodeFault(answer);
  const body = scrubber.scrub(answer.body);
  return body === answer.body ? fault : { ...fault, message: bound.protocol.decodeFault({ ...answer, body }).message };
}

/**
 * Whether a client of the provider's own protocol gets its error body as it is. That a prompt is too long is told in one
 * way only, whatever a provider calls it and whichever status it chose.
 */
function isPassedOn(fault: Fault, body: string): boolean {
  const whole = parseJsonObject(body);
  const error = whole?.['error'];
  // Many servers that speak the protocol have errors of their own shape.
  if (whole?.['type'] !== 'error' || !isJsonObject(error) || typeof error['type'] !== 'string') return false;
  const { message } = error;
  if (typeof message !== 'string') return false;
  return !isAboutWindow(fault) || (fault.status === 400 && message === fault.message && isWordedForClients(message));
}

/** The bytes as they are, if they say which request failed; else with our id in them. */
function withRequestId(body: string, requestId: string): string {
  const error = parseJsonObject(body);
  return error === undefined || typeof error['request_id'] === 'string'
    ? body
    : JSON.stringify({ ...error, request_id: requestId });
}
