import type { Usage } from '@claudex/sdk';

/** All that was used in all rounds, as Anthropic counts it, too. */
export function sumUsage(earlier: Usage | undefined, later: Usage): Usage {
  if (earlier === undefined) return later;
  const cacheRead = (earlier.cache_read_input_tokens ?? 0) + (later.cache_read_input_tokens ?? 0);
  const cacheCreation = (earlier.cache_creation_input_tokens ?? 0) + (later.cache_creation_input_tokens ?? 0);
  return {
    input_tokens: earlier.input_tokens + later.input_tokens,
    output_tokens: earlier.output_tokens + later.output_tokens,
    ...(cacheRead > 0 && { cache_read_input_tokens: cacheRead }),
    ...(cacheCreation > 0 && { cache_creation_input_tokens: cacheCreation }),
  };
}
