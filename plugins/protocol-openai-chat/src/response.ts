import {
  protocolFault,
  type CanonicalEvent,
  type CodecContext,
  type DecodedResponse,
  type Fault,
  type JsonObject,
} from '@claudex/sdk';
import { isNestedTooDeep, readErrorBody, readFaultBody, responseFromEvents } from '@claudex/sdk/codec';
import { AnswerReader } from './answer/answer-reader.ts';
import { mergeChoices, type MergedChoices } from './answer/choices.ts';
import { faultOfFinish } from './answer/stop-reason.ts';
import { mergeUsage, usageOfTimings } from './answer/usage.ts';
import type { ChatCompletion } from './wire.ts';

/**
 * Reads a complete answer: as if it were a stream that comes at once. Returns a fault where the body is an error, or no
 * answer at all.
 */
export function decodeResponse(body: JsonObject, context: CodecContext): DecodedResponse | { fault: Fault } {
  if (isNestedTooDeep(body)) return { fault: protocolFault('The provider sent an answer that cannot be read.') };
  const completion: ChatCompletion = body;
  const merged = Array.isArray(completion.choices) ? mergeChoices(completion.choices) : undefined;
  const fault = hiddenFault(completion, merged);
  if (fault !== undefined) return { fault };
  if (merged === undefined) return { fault: protocolFault('The provider sent no answer.') };
  const events = readAnswers(completion, merged, context);
  const losses = events.flatMap((event) => (event.type === 'loss' ? [event.loss] : []));
  const response = responseFromEvents(events, losses);
  // The same rule as for streams: without a finish reason only an answer that says something counts as one.
  if (response.content.length === 0 && !merged.first.finish_reason)
    return { fault: protocolFault('The provider sent no answer.') };
  return { response, losses };
}

/** An error under a success status: in the body, in the answer, or as its reason to finish. */
function hiddenFault(completion: ChatCompletion, merged: MergedChoices | undefined): Fault | undefined {
  if (completion.error) return readFaultBody(completion);
  const choice = Array.isArray(completion.choices) ? completion.choices[0] : undefined;
  if (choice?.error) return readFaultBody({ error: choice.error });
  if (merged === undefined) return readErrorBody(completion) === undefined ? undefined : readFaultBody(completion);
  const finish = merged.first.finish_reason;
  return typeof finish === 'string' ? faultOfFinish(finish) : undefined;
}

function readAnswers(
  completion: ChatCompletion,
  { first, answers, ignored }: MergedChoices,
  context: CodecContext,
): CanonicalEvent[] {
  const reader = new AnswerReader(context);
  const { blocks } = reader.writer;
  if (typeof completion.model === 'string' && completion.model !== '') blocks.reportModel(completion.model);
  reader.searches(completion);
  if (ignored) reader.extras.lost('choices');
  for (const answer of answers) reader.answer(answer, true);
  reader.end(
    first,
    mergeUsage(usageOfTimings(completion.timings), first.usage, completion.x_groq?.usage, completion.usage),
  );
  return blocks.take();
}
