import { isJsonObject, type CodecContext, type Json, type Loss, type Thinking } from '@claudex/sdk';
import type { BoundProfile } from '../../router/index.ts';
import { lossOfEffort } from './override-effort.ts';
import type { PassedBody } from './passed-body.ts';
import { fitThinking, type OutputPlan } from './plan-output.ts';
import { lossOfParameter, strippedParameters } from './profile-limits.ts';
import { rewriteHistory } from './rewrite-history.ts';

/** Top-level fields to change in a body that is passed on; `undefined` takes one out. */
export type Changes = Map<string, unknown>;

/** What changes in every body: the model, what another provider wrote, and what quirks and profile say. */
export function commonChanges(
  body: PassedBody,
  bound: BoundProfile,
  context: CodecContext,
  planned: Changes,
  losses: Loss[],
): Changes {
  const changes: Changes = new Map(planned);
  if (body.read('model') !== context.model) changes.set('model', context.model);
  const messages = rewriteHistory(body, bound, context, losses);
  if (messages !== undefined) changes.set('messages', messages);
  const read = (name: string): Json | undefined => (changes.has(name) ? changes.get(name) : body.read(name)) as Json;
  const fitted = bound.protocol.fitFields?.(read, context);
  for (const [name, value] of fitted?.changes ?? []) changes.set(name, value);
  losses.push(...(fitted?.losses ?? []));
  for (const name of strippedParameters(bound)) {
    changes.set(name, undefined);
    if (body.has(name)) losses.push(lossOfParameter(name));
  }
  return changes;
}

/** What changes in a request for an answer: its limit, its effort, and whether it is streamed. */
export function answerChanges(
  body: PassedBody,
  bound: BoundProfile,
  context: CodecContext,
  plan: OutputPlan,
  losses: Loss[],
): Changes {
  const changes: Changes = new Map();
  if (plan.maxTokens !== undefined) {
    changes.set('max_tokens', plan.maxTokens);
    losses.push(...plan.losses);
    const thinking = fitThinking(thinkingOf(body), plan.maxTokens, losses);
    if (thinking) changes.set('thinking', thinking);
  }
  const { effort } = bound.profile;
  const config = body.read('output_config');
  const stated = isJsonObject(config) ? config['effort'] : undefined;
  if (effort !== undefined && stated !== effort) {
    changes.set('output_config', { ...(isJsonObject(config) && config), effort });
    if (stated !== undefined) losses.push(lossOfEffort(effort));
  }
  const { stream } = context.request;
  if ((body.read('stream') === true) !== stream) changes.set('stream', stream);
  return changes;
}

function thinkingOf(body: PassedBody): Thinking | undefined {
  const thinking = body.read('thinking');
  const isBudget = isJsonObject(thinking) && typeof thinking['budget_tokens'] === 'number';
  return isBudget ? (thinking as unknown as Thinking) : undefined;
}
