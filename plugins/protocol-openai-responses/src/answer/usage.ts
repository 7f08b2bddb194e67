import type { Usage } from '@claudex/sdk';
import { countOf } from '@claudex/sdk/codec';
import type { ResponsesUsage } from '../wire-answer.ts';

/** What to say where the provider reports nothing. */
interface UsageEstimate {
  readonly inputTokens: number;
  /** Characters of text, reasoning and input that were received. */
  readonly outputCharacters: number;
}

/** Rule of thumb for models and languages of every kind. */
const CHARACTERS_PER_TOKEN = 4;

/**
 * Reads a provider's token counts into Anthropic's way of counting: input without what a cache gave or took, output
 * with reasoning. Counts that are missing, negative or not numbers are estimated.
 */
export function decodeUsage(usage: ResponsesUsage, estimate: UsageEstimate): Usage {
  const input = countOf(usage.input_tokens) ?? estimate.inputTokens;
  const cached = countOf(usage.input_tokens_details?.cached_tokens);
  const written = countOf(usage.input_tokens_details?.cache_write_tokens);
  const beside = (cached ?? 0) + (written ?? 0);
  return {
    // An input smaller than its cached part was counted without that part.
    input_tokens: beside <= input ? input - beside : input,
    output_tokens: outputTokens(usage) ?? Math.ceil(estimate.outputCharacters / CHARACTERS_PER_TOKEN),
    ...(cached !== undefined && { cache_read_input_tokens: cached }),
    ...(written !== undefined && { cache_creation_input_tokens: written }),
  };
}

function outputTokens(usage: ResponsesUsage): number | undefined {
  const output = countOf(usage.output_tokens);
  const reasoning = countOf(usage.output_tokens_details?.reasoning_tokens) ?? 0;
  const input = countOf(usage.input_tokens);
  if (output === undefined || input === undefined || reasoning === 0) return output;
  // xAI counts reasoning beside the output in Chat; where it does so here, the total is larger by just that.
  return countOf(usage.total_tokens) === input + output + reasoning ? output + reasoning : output;
}
