import type { ReasoningFacts } from '@claudex/sdk';
import { chooseBudget, chooseEffort, effortPath, wantedReasoning, type WantedReasoning } from '@claudex/sdk/codec';
import type { GeminiThinkingConfig } from '../wire.ts';
import type { Encoding } from './encoding.ts';

/** A budget that every model of Gemini 2.5 takes, in tokens. */
const USUAL_BUDGET = { min: 512, max: 24_576 };

/**
 * Asks for as much reasoning as the client wants and this model has, and for a summary of it, unless the client would
 * not show one. `limit` is that of the whole answer in tokens: reasoning counts into it.
 */
export function thinkingConfig(limit: number | undefined, encoding: Encoding): GeminiThinkingConfig | undefined {
  const { request, quirks, facts } = encoding.context;
  const wanted = wantedReasoning(request);
  if (wanted === undefined) return undefined;
  const reasoning = facts?.reasoning ?? {};
  if (quirks.reasoningRequest === 'none' || isWithout(reasoning)) {
    noteUnsaid(wanted, isWithout(reasoning), encoding);
    return undefined;
  }
  const degree = takesBudget(reasoning, encoding)
    ? byBudget(wanted, reasoning, limit, encoding)
    : byLevel(wanted, reasoning, encoding);
  if (wanted.off) return Object.keys(degree).length === 0 ? undefined : degree;
  const { thinking } = request;
  const isShown = !(thinking !== undefined && 'display' in thinking && thinking.display === 'omitted');
  return { includeThoughts: isShown, ...degree };
}

/** Whether the model is known not to reason at all. */
function isWithout({ efforts, canDisable, budget }: ReasoningFacts): boolean {
  return efforts?.length === 0 && canDisable === undefined && budget === undefined;
}

function takesBudget({ efforts, budget }: ReasoningFacts, { context, isModern }: Encoding): boolean {
  if (context.quirks.reasoningRequest === 'thinking-budget') return true;
  if (efforts !== undefined && efforts.length > 0) return false;
  return budget !== undefined || !isModern;
}

function byLevel(wanted: WantedReasoning, facts: ReasoningFacts, { context, losses }: Encoding): GeminiThinkingConfig {
  const level = chooseEffort(wanted, facts);
  const path = effortPath(context.request);
  if (wanted.off) {
    if (level === 'none') return { thinkingBudget: 0 };
    losses.degraded(
      'thinking',
      'thinking',
      'This model cannot stop reasoning, so it is asked for as little as it can.',
    );
  } else if (level === undefined) {
    if (wanted.effort !== undefined) losses.dropped(path, 'effort', 'This model has no such level of effort.');
  } else if (wanted.effort !== undefined && wanted.effort !== level) {
    losses.adjusted(path, 'effort', 'The level of effort became the next one this model has.');
  } else if (wanted.budget !== undefined) {
    losses.degraded('thinking.budget_tokens', 'thinking_budget', 'A budget in tokens becomes a level of effort here.');
  }
  return level === undefined ? {} : { thinkingLevel: context.quirks.effortWords?.[level] ?? level };
}

function byBudget(
  wanted: WantedReasoning,
  facts: ReasoningFacts,
  limit: number | undefined,
  { context, losses }: Encoding,
): GeminiThinkingConfig {
  const known = { ...facts, budget: { ...USUAL_BUDGET, ...facts.budget } };
  if (wanted.off) {
    if (facts.canDisable !== false) return { thinkingBudget: 0 };
    losses.degraded(
      'thinking',
      'thinking',
      'This model cannot stop reasoning, so it is asked for as little as it can.',
    );
    return { thinkingBudget: known.budget.min };
  }
  const budget = chooseBudget(wanted, known, limit);
  if (budget === undefined) {
    if (wanted.effort !== undefined)
      losses.dropped(effortPath(context.request), 'effort', 'This model has no such level of effort.');
    return {};
  }
  if (wanted.budget !== undefined && budget !== wanted.budget)
    losses.adjusted('thinking.budget_tokens', 'thinking_budget', `This model is given a budget of ${budget} tokens.`);
  return { thinkingBudget: budget };
}

/** Reasoning that is switched off where there is none to switch off is not a loss. */
function noteUnsaid(wanted: WantedReasoning, isNone: boolean, { context, losses }: Encoding): void {
  if (wanted.off && isNone) return;
  const reason = 'How much to reason cannot be said to this model.';
  if (!wanted.off && wanted.effort !== undefined) losses.dropped(effortPath(context.request), 'effort', reason);
  else losses.dropped('thinking', 'thinking', reason);
}
