import type { ModelPrice, Usage } from '@claudex/sdk';

/** The figures that cost something. `input_tokens` excludes what a cache served or took. */
export type PricedUsage = Pick<
  Usage,
  'input_tokens' | 'output_tokens' | 'cache_read_input_tokens' | 'cache_creation_input_tokens'
>;

const PER = 1_000_000;

/**
 * What an exchange costs in US dollars. A tier of the cache without a price of its own costs what input costs; a prompt
 * that is longer than the first prices reach has the others for all its tokens.
 */
export function priceOf(usage: PricedUsage, price: ModelPrice): number {
  const [read, written] = [usage.cache_read_input_tokens ?? 0, usage.cache_creation_input_tokens ?? 0];
  const isLong = price.long !== undefined && usage.input_tokens + read + written > price.long.above;
  const { input, output, cacheRead = input, cacheWrite = input } = { ...price, ...(isLong && price.long) };
  return (usage.input_tokens * input + usage.output_tokens * output + read * cacheRead + written * cacheWrite) / PER;
}
