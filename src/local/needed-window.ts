import { tokenCount } from '../config/index.ts';

/** Below that Claude Code has no room at all, in tokens; a model with more is preferred. */
export const LEAST_WINDOW = 32_768;

/** Below that the user is warned, in tokens. */
export const RECOMMENDED_WINDOW = 64_000;

/** Why a window must have that size; a sentence without its stop. */
export const NEEDED_WINDOW = `Claude Code alone fills 20k to 30k tokens, and ${tokenCount(RECOMMENDED_WINDOW)} or more are recommended`;
