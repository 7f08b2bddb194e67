import { protocolFault, type CodecContext, type DecodedResponse, type Fault, type JsonObject } from '@claudex/sdk';
import { hasEntries, readErrorBody, readFaultBody, responseFromEvents } from '@claudex/sdk/codec';
import { AnswerReader } from './answer/answer-reader.ts';
import { depthFault, faultOfAnswer } from './answer/ending.ts';
import { WRONG_PROTOCOL } from './stream.ts';
import type { ResponsesAnswer } from './wire-answer.ts';

/** Statuses of an answer that is still being made. One that says something is taken all the same. */
const UNFINISHED: ReadonlySet<unknown> = new Set(['queued', 'in_progress']);

/** Reads a complete answer, as the last event of a stream would be. Returns a fault where it is an error, or none. */
export function decodeResponse(body: JsonObject, context: CodecContext): DecodedResponse | { fault: Fault } {
  try {
    return readAnswer(body, context);
  } catch (error) {
    return { fault: depthFault(error) };
  }
}

function readAnswer(body: JsonObject, context: CodecContext): DecodedResponse | { fault: Fault } {
  const answer: ResponsesAnswer = body;
  const fault = faultOfAnswer(answer) ?? faultOfShape(body);
  if (fault !== undefined) return { fault };
  const reader = new AnswerReader(context);
  reader.finish(answer);
  const events = reader.writer.take();
  const losses = events.flatMap((event) => (event.type === 'loss' ? [event.loss] : []));
  return { response: responseFromEvents(events, losses), losses };
}

function faultOfShape(body: JsonObject): Fault | undefined {
  const { output, status, choices } = body;
  if (Array.isArray(output) && (output.length > 0 || !UNFINISHED.has(status))) return undefined;
  if (hasEntries(choices)) return protocolFault(WRONG_PROTOCOL);
  if (UNFINISHED.has(status)) return protocolFault('The provider has not made the answer yet.');
  return readErrorBody(body) === undefined ? protocolFault('The provider sent no answer.') : readFaultBody(body);
}
