import type { LaunchSettings } from './build-environment.ts';
import { launchedFacts } from './launched-model.ts';

const WHEN_TO_COMPACT = 'CLAUDE_CODE_AUTO_COMPACT_WINDOW';
/** Every variable that {@link limitVariables} may set. */
export const LIMIT_VARIABLES: readonly string[] = [
  'CLAUDE_CODE_MAX_CONTEXT_TOKENS',
  WHEN_TO_COMPACT,
  'CLAUDE_CODE_DISABLE_1M_CONTEXT',
  'CLAUDE_CODE_MAX_OUTPUT_TOKENS',
];
/** The least and the most that claude takes as the size at which it compacts, in tokens. */
const COMPACTION = { least: 100_000, most: 1_000_000 } as const;
/** The smallest window that claude gives its own models, in tokens. */
const USUAL_WINDOW = 200_000;

/**
 * Tells claude the window and the output limit of the model that it starts with, as far as they are known. There is one
 * of each for a whole session, whatever model is chosen in it later.
 */
export function limitVariables(settings: LaunchSettings, inherited: NodeJS.ProcessEnv): Record<string, string> {
  const { anthropic, proxy } = settings;
  if (anthropic || proxy === undefined) return {};
  const { id, contextWindow, maxOutputTokens } = launchedFacts(settings);
  return {
    ...(contextWindow === undefined ? {} : windowVariables(id, contextWindow, inherited)),
    ...(maxOutputTokens === undefined ? {} : { CLAUDE_CODE_MAX_OUTPUT_TOKENS: String(maxOutputTokens) }),
  };
}

/**
 * Of a model that is called like one of Anthropic's claude takes the window from its own tables, but compacts when told.
 * When to compact may be a wish of the user.
 */
function windowVariables(model: string, window: number, inherited: NodeJS.ProcessEnv): Record<string, string> {
  const isFamiliar = /claude|anthropic/i.test(model);
  const compacts = isFamiliar && window >= COMPACTION.least && window < COMPACTION.most;
  return {
    CLAUDE_CODE_MAX_CONTEXT_TOKENS: String(window),
    // Otherwise the slot that claude starts with by itself counts as one of a million tokens.
    ...((!isFamiliar || window <= USUAL_WINDOW) && { CLAUDE_CODE_DISABLE_1M_CONTEXT: '1' }),
    ...(compacts && !inherited[WHEN_TO_COMPACT] && { [WHEN_TO_COMPACT]: String(window) }),
  };
}
