import type { Fault, Loss, Thinking } from '@claudex/sdk';

/** The least room for an answer, in tokens; with less the conversation has to become shorter first. */
const MIN_ROOM = 1_024;
/** The smallest budget for reasoning that exists, in tokens. */
const MIN_BUDGET = 1_024;

/** What a request asks for and what there is room for, in tokens. */
export interface OutputNeeds {
  /** The client's `max_tokens`. */
  readonly wanted: number | undefined;
  /** The most that the model or the profile allows. */
  readonly limit: number | undefined;
  /** The model's window for prompt and answer together. */
  readonly window: number | undefined;
  /** The longest prompt, where that is less than the window. */
  readonly longest?: number | undefined;
  /** The prompt, estimated. */
  readonly input: number;
}

/** What to do about the answer's limit. */
export interface OutputPlan {
  /** The lower limit to send; absent when the client's own stays. */
  readonly maxTokens?: number;
  readonly losses: readonly Loss[];
  /** Set when the prompt leaves no room: the client gets this instead of an answer. */
  readonly overflow?: Fault;
}

/** Fits an answer into the model's limit and into what its window leaves after the prompt. An unknown size limits nothing. */
export function planOutput({ wanted, limit, window, longest, input }: OutputNeeds): OutputPlan {
  if (longest !== undefined && input > longest) return { losses: [], overflow: overflow(input, longest) };
  const room = window === undefined ? Infinity : window - input;
  const asked = Math.min(wanted ?? Infinity, limit ?? Infinity);
  if (window !== undefined && room < MIN_ROOM && asked > room) return { losses: [], overflow: overflow(input, window) };
  const most = Math.min(limit ?? Infinity, room);
  if (wanted === undefined || wanted <= most) return { losses: [] };
  const reason =
    limit !== undefined && limit <= room
      ? `Lowered to ${limit} tokens, the most this model or profile allows.`
      : `Lowered to ${room} tokens, which is what the model's window leaves after the prompt.`;
  return { maxTokens: most, losses: [{ kind: 'adjusted', path: 'max_tokens', feature: 'max_tokens', reason }] };
}

/**
 * A budget for reasoning has to be smaller than the limit of the answer, and clients set it just below their own.
 * Returns what to ask for instead, if anything has to change.
 */
export function fitThinking(thinking: Thinking | undefined, maxTokens: number, losses: Loss[]): Thinking | undefined {
  if (thinking?.type !== 'enabled' || thinking.budget_tokens < maxTokens) return undefined;
  const budget = maxTokens - 1;
  const isLargeEnough = budget >= MIN_BUDGET;
  const reason = isLargeEnough
    ? `Lowered to ${budget} tokens, below the limit of the answer.`
    : 'The limit of the answer leaves no room for reasoning, so it is switched off.';
  losses.push({ kind: 'adjusted', path: 'thinking.budget_tokens', feature: 'thinking_budget', reason });
  return isLargeEnough ? { ...thinking, budget_tokens: budget } : { type: 'disabled' };
}

/** In the words on which clients shorten the conversation. The two figures never contradict the sentence. */
function overflow(input: number, maximum: number): Fault {
  const tokens = Math.max(input, maximum + 1);
  return {
    kind: 'context-overflow',
    message: `prompt is too long: ${tokens} tokens > ${maximum} maximum`,
    retryable: false,
  };
}
