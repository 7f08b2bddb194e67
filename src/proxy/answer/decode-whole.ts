import { protocolFault, type CanonicalResponse } from '@claudex/sdk';
import { eventsOfResponse } from '@claudex/sdk/codec';
import type { Answering } from '../exchange.ts';
import { FaultError } from '../fault-error.ts';
import { parseJsonObject } from '../parse-json.ts';
import { AnswerLimits } from './answer-limits.ts';
import { wholeOverflow } from './silent-overflow.ts';
import { UnofferedTools } from './unoffered-tools.ts';

/** Reads the text of a complete answer into the canonical form and the record. Throws a {@link FaultError} when it is none. */
export function decodeWhole(exchange: Answering, text: string): CanonicalResponse {
  const { bound, context, record } = exchange;
  const body = parseJsonObject(text);
  if (!body) throw notAnAnswer(exchange, text);
  const decoded = bound.protocol.decodeResponse(body, context);
  if ('fault' in decoded) throw new FaultError(decoded.fault);
  const overflow = wholeOverflow(decoded.response, context);
  if (overflow) throw new FaultError(overflow);
  checkEvents(decoded.response, exchange);
  record.losses.push(...decoded.losses);
  record.usage = decoded.response.usage;
  record.stopReason = decoded.response.stop_reason ?? decoded.response.raw_stop_reason;
  return decoded.response;
}

/** Says what came instead of an answer, without repeating it. */
function notAnAnswer({ bound }: Answering, text: string): FaultError {
  const what = /^\s*</.test(text) ? 'a web page' : text.trim() === '' ? 'nothing' : 'something that is not JSON';
  const { provider, profile } = bound;
  return new FaultError(
    protocolFault(
      `${provider.title} answered ${what} instead of a message; check base_url of profile "${profile.name}".`,
    ),
  );
}

function checkEvents(response: CanonicalResponse, exchange: Answering): void {
  const limits = new AnswerLimits();
  const unoffered = new UnofferedTools(exchange);
  for (const event of eventsOfResponse(response)) {
    unoffered.see(event);
    const fault = limits.see(event);
    if (fault) throw new FaultError(fault);
  }
}
