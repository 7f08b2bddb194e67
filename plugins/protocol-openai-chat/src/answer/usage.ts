import { isJsonObject, type Json, type JsonObject, type Usage } from '@claudex/sdk';
import { countOf } from '@claudex/sdk/codec';
import type { ChatUsage } from '../wire.ts';

/** What to say where the provider reports nothing. */
interface UsageEstimate {
  readonly inputTokens: number;
  /** Characters of text, reasoning and arguments that were received. */
  readonly outputCharacters: number;
}

/** Rule of thumb for models and languages of every kind. */
const CHARACTERS_PER_TOKEN = 4;

/**
 * Reads a provider's token counts into Anthropic's way of counting: input without what a cache gave or took,
 * output with reasoning. Counts that are missing, negative or not numbers are estimated.
 */
export function decodeUsage(usage: ChatUsage | undefined, estimate: UsageEstimate): Usage {
  const prompt = countOf(usage?.prompt_tokens) ?? estimate.inputTokens;
  const cached = usage === undefined ? undefined : cachedTokens(usage);
  const written = usage === undefined ? undefined : writtenTokens(usage);
  const beside = (cached ?? 0) + (written ?? 0);
  return {
    // A prompt smaller than its cached part was counted without that part.
    input_tokens: beside <= prompt ? prompt - beside : prompt,
    output_tokens: outputTokens(usage) ?? Math.ceil(estimate.outputCharacters / CHARACTERS_PER_TOKEN),
    ...(cached !== undefined && { cache_read_input_tokens: cached }),
    ...(written !== undefined && { cache_creation_input_tokens: written }),
  };
}

/**
 * Puts reports about one answer together, the later ones last. Some providers end with an empty one or one of zeros,
 * which must not take away what was said before.
 */
export function mergeUsage(...reports: readonly (ChatUsage | null | undefined)[]): ChatUsage | undefined {
  const known = reports.filter((report) => isJsonObject(report));
  return known.length < 2 ? known[0] : known.reduce(mergeReport);
}

/** What a report of llama.cpp about its speed says of its cache; nothing where there is none. */
export function usageOfTimings(timings: unknown): ChatUsage | undefined {
  const cached = isJsonObject(timings) ? countOf(timings['cache_n']) : undefined;
  return cached === undefined ? undefined : { cached_tokens: cached };
}

function mergeReport(known: JsonObject, later: JsonObject): JsonObject {
  const merged = mergeCounts(known, later);
  for (const [field, details] of Object.entries(later)) {
    const before = Object.hasOwn(known, field) ? known[field] : undefined;
    if (isJsonObject(before) && isJsonObject(details)) merged[field] = mergeCounts(before, details);
  }
  return merged;
}

/** Takes the fields that say something, and those that say nothing only where they are new. */
function mergeCounts(known: JsonObject, later: JsonObject): JsonObject {
  const says = (value: Json): boolean => Boolean(countOf(value)) || isJsonObject(value);
  const news = Object.entries(later).filter(([field, value]) => says(value) || !says(known[field] ?? null));
  return { ...known, ...Object.fromEntries(news) };
}

function cachedTokens(usage: ChatUsage): number | undefined {
  return (
    countOf(usage.prompt_tokens_details?.cached_tokens) ??
    countOf(usage.prompt_token_details?.cached_tokens) ??
    countOf(usage.prompt_cache_hit_tokens) ??
    countOf(usage.cached_tokens) ??
    countOf(usage.num_cached_tokens) ??
    countOf(usage.cache_read_input_tokens)
  );
}

function writtenTokens(usage: ChatUsage): number | undefined {
  return (
    countOf(usage.prompt_tokens_details?.cache_write_tokens) ??
    countOf(usage.prompt_tokens_details?.cache_creation_input_tokens) ??
    countOf(usage.cache_creation_input_tokens)
  );
}

function outputTokens(usage: ChatUsage | undefined): number | undefined {
  const completion = countOf(usage?.completion_tokens);
  if (usage === undefined || completion === undefined) return completion;
  const reasoning = countOf(usage.completion_tokens_details?.reasoning_tokens) ?? countOf(usage.reasoning_tokens) ?? 0;
  const total = countOf(usage.total_tokens);
  const prompt = countOf(usage.prompt_tokens);
  // xAI counts reasoning beside the completion, which shows in a total that is larger by just that.
  const counted =
    reasoning > 0 && total !== undefined && prompt !== undefined && total === prompt + completion + reasoning;
  return counted ? completion + reasoning : completion;
}
