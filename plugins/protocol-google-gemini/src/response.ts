import { protocolFault, type CodecContext, type DecodedResponse, type Fault, type JsonObject } from '@claudex/sdk';
import { isNestedTooDeep, readErrorBody, responseFromEvents } from '@claudex/sdk/codec';
import { AnswerReader } from './answer/answer-reader.ts';
import { faultOfBody } from './faults.ts';

/** Reads a complete answer, as a stream that comes at once. Returns a fault where it is an error, or none. */
export function decodeResponse(body: JsonObject, context: CodecContext): DecodedResponse | { fault: Fault } {
  if (isNestedTooDeep(body)) return { fault: protocolFault('The provider sent an answer that cannot be read.') };
  if (body['error']) return { fault: faultOfBody(body) };
  const reader = new AnswerReader(context);
  reader.read(body);
  // The same rule as for streams: without a finish reason there is no answer.
  if (!reader.isFinished) return { fault: faultOfShape(body) };
  reader.end();
  const events = reader.take();
  const failed = events.find((event) => event.type === 'error');
  if (failed !== undefined) return { fault: failed.fault };
  const losses = events.flatMap((event) => (event.type === 'loss' ? [event.loss] : []));
  return { response: responseFromEvents(events, losses), losses };
}

function faultOfShape(body: JsonObject): Fault {
  const isError = body['candidates'] === undefined && readErrorBody(body) !== undefined;
  return isError ? faultOfBody(body) : protocolFault('The provider sent no answer, or not all of it.');
}
