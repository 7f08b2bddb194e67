import { isJsonObject, type Usage } from '@claudex/sdk';
import { countOf } from '@claudex/sdk/codec';
import type { Loose } from '../wire.ts';

/** What to say where the provider reports nothing. */
interface UsageEstimate {
  readonly inputTokens: number;
  /** Characters of text, reasoning and arguments that were received. */
  readonly outputCharacters: number;
}

/** Rule of thumb for models and languages of every kind. */
const CHARACTERS_PER_TOKEN = 4;

const COUNTS = [
  'promptTokenCount',
  'cachedContentTokenCount',
  'candidatesTokenCount',
  'thoughtsTokenCount',
  'toolUsePromptTokenCount',
  'totalTokenCount',
] as const;

/** The counts that were reported so far. */
export type ReportedUsage = { readonly [Count in (typeof COUNTS)[number]]?: number };

/** Puts a report behind earlier ones: every chunk has one about the whole answer so far, so the last count wins. */
export function mergeUsage(known: ReportedUsage, report: unknown): ReportedUsage {
  if (!isJsonObject(report)) return known;
  const fields: Loose = report;
  const counts = COUNTS.map((name) => [name, countOf(fields[name])] as const);
  return { ...known, ...Object.fromEntries(counts.filter(([, count]) => count !== undefined)) };
}

/**
 * Reads a provider's token counts into Anthropic's way of counting: input without what a cache gave but with what its own
 * tools put into the prompt, output with reasoning. What is missing is estimated.
 */
export function decodeUsage(usage: ReportedUsage, estimate: UsageEstimate): Usage {
  const { promptTokenCount: prompt, cachedContentTokenCount: cached } = usage;
  const input = (prompt ?? estimate.inputTokens) + (usage.toolUsePromptTokenCount ?? 0);
  return {
    // A prompt smaller than its cached part was counted without that part.
    input_tokens: (cached ?? 0) <= input ? input - (cached ?? 0) : input,
    output_tokens: outputTokens(usage) ?? Math.ceil(estimate.outputCharacters / CHARACTERS_PER_TOKEN),
    ...(cached !== undefined && { cache_read_input_tokens: cached }),
  };
}

function outputTokens({ candidatesTokenCount: said, thoughtsTokenCount: thought }: ReportedUsage): number | undefined {
  return said === undefined && thought === undefined ? undefined : (said ?? 0) + (thought ?? 0);
}
