import type { Fault, StopReason } from '@claudex/sdk';
import type { ChatChoice } from '../wire.ts';

/** Finish reasons as providers spell them, in lower case. `stop` stands for: it depends on what was said. */
const FINISH_REASONS: { readonly [reason: string]: StopReason | 'stop' | 'failed' } = {
  stop: 'stop',
  eos: 'stop',
  end: 'stop',
  end_turn: 'stop',
  load: 'stop',
  tool_calls: 'stop',
  tool_call: 'stop',
  tool_use: 'stop',
  function_call: 'stop',
  stop_sequence: 'stop_sequence',
  length: 'max_tokens',
  max_tokens: 'max_tokens',
  max_output_tokens: 'max_tokens',
  model_length: 'model_context_window_exceeded',
  model_context_window_exceeded: 'model_context_window_exceeded',
  content_filter: 'refusal',
  content_filtered: 'refusal',
  refusal: 'refusal',
  sensitive: 'refusal',
  safety: 'refusal',
  recitation: 'refusal',
  blocklist: 'refusal',
  prohibited_content: 'refusal',
  spii: 'refusal',
  error: 'failed',
  abort: 'failed',
  network_error: 'failed',
  insufficient_system_resource: 'failed',
  malformed_function_call: 'failed',
  unexpected_tool_call: 'failed',
  too_many_tool_calls: 'failed',
};

/** What an answer turned out to contain. */
interface AnswerSummary {
  readonly calledTools: boolean;
  readonly refused: boolean;
}

/**
 * Why the answer ended. Many servers say `stop` although tools were called, and some name tools although none
 * was, so for every ordinary ending the content decides.
 */
function stopReason(finish: string | undefined, summary: AnswerSummary): StopReason {
  if (summary.refused) return 'refusal';
  const known = finish === undefined ? undefined : lookUp(finish);
  if (known === undefined || known === 'stop' || known === 'failed')
    return summary.calledTools ? 'tool_use' : 'end_turn';
  return known;
}

/** The failure a finish reason stands for, if it does. */
export function faultOfFinish(finish: string): Fault | undefined {
  if (lookUp(finish) !== 'failed') return undefined;
  const message = `The provider broke the answer off (finish reason "${finish.slice(0, 64)}").`;
  return { kind: 'server', message, retryable: true };
}

/** How an answer ended. */
interface Finishing {
  stop_reason: StopReason;
  stop_sequence: string | null;
  raw_stop_reason?: string;
}

/** How the answer of this choice ended, with the stop string where the server names one the client asked for. */
export function finishing(choice: ChatChoice, summary: AnswerSummary, asked: readonly string[] | undefined): Finishing {
  const finish =
    typeof choice.finish_reason === 'string' && choice.finish_reason !== '' ? choice.finish_reason : undefined;
  const reason = stopReason(finish, summary);
  const matched = reason === 'end_turn' ? matchedStopSequence(choice, asked) : undefined;
  const result: Finishing = {
    stop_reason: matched === undefined ? reason : 'stop_sequence',
    stop_sequence: matched ?? null,
  };
  if (finish !== undefined) result.raw_stop_reason = finish;
  return result;
}

function matchedStopSequence(choice: ChatChoice, asked: readonly string[] | undefined): string | undefined {
  if (asked === undefined) return undefined;
  const matched = choice.stop_reason ?? choice.matched_stop;
  return typeof matched === 'string' && asked.includes(matched) ? matched : undefined;
}

function lookUp(finish: string): StopReason | 'stop' | 'failed' | undefined {
  const key = finish.toLowerCase();
  return Object.hasOwn(FINISH_REASONS, key) ? FINISH_REASONS[key] : undefined;
}
