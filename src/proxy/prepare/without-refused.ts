import type { CanonicalRequest, Loss } from '@claudex/sdk';
import { stateName, stateNamesOf, withoutState } from '../heal/refused-state.ts';
import type { Refused } from '../heal/refused.ts';
import { fitThinking } from './plan-output.ts';

/** What is recorded when state of earlier turns is not sent because the provider has refused it. */
export const LOSS_OF_STATE: Loss = {
  kind: 'dropped',
  path: 'messages',
  feature: 'refused_state',
  reason: 'The provider refused its state of earlier turns, so it is left out.',
};

/** A request as far as it can be kept of what the provider refuses, before any protocol comes in. */
export function withoutRefused(
  request: CanonicalRequest,
  refused: Refused,
): { readonly request: CanonicalRequest; readonly losses: readonly Loss[] } {
  const losses: Loss[] = [];
  const limited = limitOutput(request, refused.outputLimit, losses);
  if (refused.oldState.size === 0) return { request: limited, losses };
  const messages = withoutState(limited.messages, (state) => refused.oldState.has(stateName(state)));
  if (messages === undefined) return { request: limited, losses };
  return { request: { ...limited, messages }, losses: [...losses, LOSS_OF_STATE] };
}

/** Names the state that a request brings along, so that the next one does without it from the start. */
export function withStateOf(refused: Refused, messages: CanonicalRequest['messages']): Refused {
  return refused.state ? { ...refused, oldState: new Set([...refused.oldState, ...stateNamesOf(messages)]) } : refused;
}

function limitOutput(request: CanonicalRequest, limit: number | undefined, losses: Loss[]): CanonicalRequest {
  if (limit === undefined || request.max_tokens === undefined || request.max_tokens <= limit) return request;
  const reason = `Lowered to ${limit} tokens, the most the provider takes.`;
  losses.push({ kind: 'adjusted', path: 'max_tokens', feature: 'max_tokens', reason });
  const thinking = fitThinking(request.thinking, limit, losses);
  return { ...request, max_tokens: limit, ...(thinking && { thinking }) };
}
