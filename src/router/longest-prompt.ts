import type { ModelFacts } from '@claudex/sdk';

/** The longest prompt that a model takes, in tokens: its window, or less where a limit of its own stands below. */
export function longestPrompt(
  facts: Pick<ModelFacts, 'contextWindow' | 'maxInputTokens'> | undefined,
): number | undefined {
  const sizes = [facts?.contextWindow, facts?.maxInputTokens].filter((size) => size !== undefined);
  return sizes.length === 0 ? undefined : Math.min(...sizes);
}
