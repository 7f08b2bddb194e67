import type { Quirks, ReasoningFacts, ReasoningRequest } from '@claudex/sdk';
import { wantedReasoning } from '@claudex/sdk/codec';
import type { ChatRequest } from '../wire.ts';
import type { Encoding } from './encoding.ts';
import { ReasoningAsk } from './reasoning-ask.ts';

/** Asks the model to reason as much as the client wants, in the words of the provider. */
export function encodeReasoning(body: ChatRequest, encoding: Encoding): void {
  const { context } = encoding;
  const wanted = wantedReasoning(context.request);
  if (wanted === undefined) return;
  const form = reasons(context.facts?.reasoning ?? {}) ? (context.quirks.reasoningRequest ?? 'effort') : 'none';
  WRITERS[form](body, new ReasoningAsk(wanted, encoding), context.quirks);
}

/** A model without levels still reasons when it can be switched or takes a budget. */
function reasons({ efforts, canDisable, budget }: ReasoningFacts): boolean {
  return efforts?.length !== 0 || canDisable !== undefined || budget !== undefined;
}

/** How each kind of provider is asked. */
const WRITERS: {
  readonly [Form in ReasoningRequest]: (body: ChatRequest, ask: ReasoningAsk, quirks: Quirks) => void;
} = {
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
  'reasoning-switch-and-effort': (body, ask) => {
    body.reasoning = { enabled: ask.switchedOn() };
    addEffort(body, ask);
  },
  'thinking-switch': (body, ask) => {
    body.thinking = { type: ask.switchedOn() ? 'enabled' : 'disabled' };
    ask.leaveDegree();
  },
  'thinking-switch-and-effort': (body, ask) => {
    body.thinking = { type: ask.switchedOn() ? 'enabled' : 'disabled' };
    addEffort(body, ask);
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
  'enable-thinking-and-effort': (body, ask) => {
    body.enable_thinking = ask.switchedOn();
    addEffort(body, ask);
  },
  'template-switch': (body, ask, quirks) => {
    body.chat_template_kwargs = { [quirks.templateSwitch ?? 'enable_thinking']: ask.switchedOn() };
    ask.leaveDegree();
  },
};

/** Beside a switch: how much, where it is on. */
function addEffort(body: ChatRequest, ask: ReasoningAsk): void {
  const effort = ask.off ? undefined : ask.effort();
  if (effort !== undefined) body.reasoning_effort = effort;
}

function limitOf(body: ChatRequest): number | undefined {
  return body.max_completion_tokens ?? body.max_tokens;
}
