import type { JsonObject, ModelPrice } from '@claudex/sdk';

/** Nobody asks for more per million tokens; larger figures are in another unit. */
const MOST = 10_000;

/**
 * Reads a price. Texts are dollars per token, as OpenRouter and Vercel write them; numbers are dollars per million, as
 * Together does. Absent when one of the two main figures is missing or makes no sense, such as -1 for "it depends".
 */
export function readPrice(pricing: JsonObject): ModelPrice | undefined {
  const input = perMillion(pricing['prompt'] ?? pricing['input']);
  const output = perMillion(pricing['completion'] ?? pricing['output']);
  if (input === undefined || output === undefined) return undefined;
  // A list in dollars per million has nothing but zeros where it does not say.
  if (input === 0 && output === 0 && typeof pricing['input'] === 'number') return undefined;
  const cacheRead = perMillion(pricing['input_cache_read'] ?? pricing['cached_input']);
  const cacheWrite = perMillion(pricing['input_cache_write']);
  return {
    input,
    output,
    ...(cacheRead !== undefined && { cacheRead }),
    ...(cacheWrite !== undefined && { cacheWrite }),
  };
}

function perMillion(value: unknown): number | undefined {
  const isPerToken = typeof value === 'string' && value.trim() !== '';
  const figure = isPerToken ? Number(value) * 1_000_000 : value;
  if (typeof figure !== 'number' || !Number.isFinite(figure) || figure < 0 || figure > MOST) return undefined;
  // 0.0000003 times a million is not 0.3 for a computer.
  return Number(figure.toPrecision(10));
}
