import type { ReasoningFacts, ReasoningRequest } from '@claudex/sdk';
import { wantedReasoning } from '@claudex/sdk/codec';
import type { ChatRequest } from '../wire.ts';
import type { Encoding } from './encoding.ts';
import { ReasoningAsk } from './reasoning-ask.ts';

/** Asks the model to reason as much as the client wants, in the words of the provider. */
export function encodeReasoning(body: ChatRequest, { context, losses }: Encoding): void {
  const wanted = wantedReasoning(context.request);
  if (wanted === undefined) return;
  const facts = context.facts?.reasoning ?? {};
  const form = reasons(facts) ? (context.quirks.reasoningRequest ?? 'effort') : 'none';
  WRITERS[form](body, new ReasoningAsk(wanted, facts, context.request, losses));
}

/** A model without levels still reasons when it can be switched or takes a budget. */
function reasons({ efforts, canDisable, budget }: ReasoningFacts): boolean {
  return efforts?.length !== 0 || canDisable !== undefined || budget !== undefined;
}

/** How each kind of provider is asked. */
const WRITERS: { readonly [Form in ReasoningRequest]: (body: ChatRequest, ask: ReasoningAsk) => void } = {
  none: (_body, ask) => {
    ask.leaveAll();
  },
  effort: (body, ask) => {
    const effort = ask.effort();
    if (effort !== undefined) body.reasoning_effort = effort;
  },
  'reasoning-object': (body, ask) => {
    const isOff = ask.off && ask.canDisable;
    const effort = isOff ? undefined : ask.effort();
    body.reasoning = effort === undefined ? { enabled: !isOff } : { effort };
  },
  'thinking-switch': (body, ask) => {
    body.thinking = { type: ask.switchedOn() ? 'enabled' : 'disabled' };
    ask.leaveDegree();
  },
  'thinking-switch-and-effort': (body, ask) => {
    body.thinking = { type: ask.switchedOn() ? 'enabled' : 'disabled' };
    const effort = ask.off ? undefined : ask.effort();
    if (effort !== undefined) body.reasoning_effort = effort;
  },
  'thinking-budget': (body, ask) => {
    if (!ask.switchedOn()) body.thinking = { type: 'disabled' };
    const budget = ask.budget(limitOf(body));
    if (budget !== undefined) body.thinking = { type: 'enabled', budget_tokens: budget };
  },
  'enable-thinking': (body, ask) => {
    body.enable_thinking = ask.switchedOn();
    const budget = ask.budget(limitOf(body));
    if (budget !== undefined) body.thinking_budget = budget;
  },
  'template-switch': (body, ask) => {
    body.chat_template_kwargs = { enable_thinking: ask.switchedOn() };
    ask.leaveDegree();
  },
};

function limitOf(body: ChatRequest): number | undefined {
  return body.max_completion_tokens ?? body.max_tokens;
}
