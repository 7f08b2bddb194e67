import type { CodecContext } from '@claudex/sdk';
import { chooseEffort, effortPath, wantedReasoning, type WantedReasoning } from '@claudex/sdk/codec';
import type { ResponsesRequest } from '../wire.ts';
import type { Encoding } from './encoding.ts';

/** Whether the provider's encrypted reasoning is asked for and handed back. */
export function replaysReasoning({ quirks }: CodecContext): boolean {
  return quirks.encryptedReasoning !== false && quirks.reasoningReplay !== 'none';
}

/** Whether the model is known to take no word about its reasoning, not even `include`. */
export function isWithoutReasoning({ facts }: CodecContext): boolean {
  return facts?.reasoning?.efforts?.length === 0;
}

/**
 * Asks for as much reasoning as the client wants and this model has, and for a summary of it. A summary that the client
 * would not show is not asked for.
 */
export function encodeReasoning(body: ResponsesRequest, encoding: Encoding): void {
  const { context } = encoding;
  const wanted = wantedReasoning(context.request);
  if (wanted === undefined) return;
  if (context.quirks.reasoningRequest === 'none' || isWithoutReasoning(context)) {
    noteUnsaid(wanted, encoding);
    return;
  }
  const effort = chooseEffort(wanted, context.facts?.reasoning);
  noteChange(wanted, effort, encoding);
  const { thinking } = context.request;
  const isHidden = thinking !== undefined && 'display' in thinking && thinking.display === 'omitted';
  const isShown = !wanted.off && !isHidden;
  if (effort === undefined && !isShown) return;
  const { effortWords = {} } = context.quirks;
  body.reasoning = {
    ...(effort !== undefined && {
      effort: Object.hasOwn(effortWords, effort) ? (effortWords[effort] ?? effort) : effort,
    }),
    ...(isShown && { summary: 'auto' }),
  };
}

/** Reasoning that is switched off where there is none to switch off is not a loss. */
function noteUnsaid(wanted: WantedReasoning, { context, losses }: Encoding): void {
  if (wanted.off && isWithoutReasoning(context)) return;
  const reason = 'How much to reason cannot be said to this model.';
  if (!wanted.off && wanted.effort !== undefined) losses.dropped(effortPath(context.request), 'effort', reason);
  else losses.dropped('thinking', 'thinking', reason);
}

function noteChange(wanted: WantedReasoning, effort: string | undefined, { context, losses }: Encoding): void {
  if (wanted.off) {
    if (effort !== 'none')
      losses.degraded(
        'thinking',
        'thinking',
        'This model cannot stop reasoning, so it is asked for as little as it can.',
      );
  } else if (wanted.effort !== undefined) {
    if (effort === undefined)
      losses.dropped(effortPath(context.request), 'effort', 'This model has no such level of effort.');
    else if (effort !== wanted.effort)
      losses.adjusted(effortPath(context.request), 'effort', 'The level of effort became the next one this model has.');
  } else if (wanted.budget !== undefined) {
    losses.degraded('thinking.budget_tokens', 'thinking_budget', 'A budget in tokens becomes a level of effort here.');
  }
}
