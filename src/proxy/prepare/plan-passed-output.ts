import type { ModelFacts } from '@claudex/sdk';
import type { BoundProfile } from '../../router/index.ts';
import { estimateFromBytes, estimateInputTokens } from '../tokens/estimate.ts';
import type { PassedBody } from './passed-body.ts';
import { planOutput, type OutputPlan } from './plan-output.ts';
import { outputLimit } from './profile-limits.ts';

/** A plan, and the estimate of the prompt it rests on, in tokens. */
export interface PassedPlan extends OutputPlan {
  readonly input: number;
}

/**
 * Plans the answer's limit for a body that is passed on. The size in bytes is enough where there is plenty of room; near
 * the end of the window the body is read once, because pictures have many bytes and few tokens.
 */
export function planPassedOutput(body: PassedBody, bound: BoundProfile, facts: ModelFacts | undefined): PassedPlan {
  const limit = outputLimit(bound, facts);
  const asked = body.read('max_tokens');
  const wanted = typeof asked === 'number' ? asked : undefined;
  const plan = (input: number, known: ModelFacts | undefined): PassedPlan => ({
    input,
    ...planOutput({ wanted, limit, window: known?.contextWindow, longest: known?.maxInputTokens, input }),
  });
  const roughly = estimateFromBytes(body.size);
  const roomy = plan(roughly, undefined);
  const tight = plan(roughly, facts);
  if (tight.overflow === undefined && tight.maxTokens === roomy.maxTokens) return tight;
  const request = body.canonical();
  return request ? plan(estimateInputTokens(request, body.size), facts) : roomy;
}
