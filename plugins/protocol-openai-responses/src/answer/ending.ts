import { isJsonObject, protocolFault, type Fault, type Json, type MessageDelta, type StopReason } from '@claudex/sdk';
import { readFaultBody } from '@claudex/sdk/codec';
import type { ResponsesAnswer } from '../wire-answer.ts';
import { PROTOCOL_ID, type AnswerScope } from './answer-scope.ts';
import { text } from './values.ts';
import { decodeUsage } from './usage.ts';

/** Why an answer is incomplete. Everything else is a limit of some kind, too: the client may ask for the rest. */
const INCOMPLETE_REASONS: ReadonlyMap<string, StopReason> = new Map([
  ['max_output_tokens', 'max_tokens'],
  ['content_filter', 'refusal'],
  ['model_context_window_exceeded', 'model_context_window_exceeded'],
]);

/** Fields that are read elsewhere, or only repeat the request. */
const MODELLED: ReadonlySet<string> = new Set(
  [
    'id object created_at completed_at status error incomplete_details model output usage instructions',
    'input tools tool_choice parallel_tool_calls previous_response_id conversation reasoning text',
    'temperature top_p top_logprobs truncation store background metadata max_output_tokens max_tool_calls',
    'presence_penalty frequency_penalty safety_identifier user prompt prompt_cache_key',
    'prompt_cache_options prompt_cache_retention',
  ].flatMap((names) => names.split(' ')),
);

/** The failure that an answer of this status stands for, if it does. */
export function faultOfAnswer(answer: ResponsesAnswer): Fault | undefined {
  if (answer.error || answer.status === 'failed') return readFaultBody({ error: (answer.error ?? {}) as Json });
  if (answer.status === 'cancelled') return protocolFault('The provider cancelled the answer.');
  return undefined;
}

/** The failure that an error stands for: only the depth of the provider's JSON can cause one. Another is thrown on. */
export function depthFault(error: unknown): Fault {
  if (error instanceof RangeError) return protocolFault('The answer is nested too deeply.');
  throw error;
}

/** How an answer that did not fail ended. A refusal shows whatever status the provider gave it. */
export function endingOf(
  answer: ResponsesAnswer,
  scope: AnswerScope,
  estimate: { readonly inputTokens: number; readonly outputCharacters: number },
): MessageDelta {
  const details = answer.incomplete_details;
  const reason = isJsonObject(details) ? text(details['reason']) : '';
  const status = text(answer.status);
  const rest = Object.entries(answer).filter(([field, value]) => !MODELLED.has(field) && value !== null);
  return {
    type: 'message_delta',
    stop_reason: stopReason(status === 'incomplete', reason, scope),
    stop_sequence: null,
    ...((reason || status) !== '' && { raw_stop_reason: reason || status }),
    usage: decodeUsage(isJsonObject(answer.usage) ? answer.usage : {}, estimate),
    ...(rest.length > 0 && { ext: { [PROTOCOL_ID]: Object.fromEntries(rest) as Json } }),
  };
}

function stopReason(isIncomplete: boolean, reason: string, scope: AnswerScope): StopReason {
  if (scope.refused) return 'refusal';
  if (isIncomplete) return INCOMPLETE_REASONS.get(reason) ?? 'max_tokens';
  return scope.calledTools ? 'tool_use' : 'end_turn';
}
