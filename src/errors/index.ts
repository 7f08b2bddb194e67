export { cannotAsk, ClaudexError, failure, isClaudexError, usageError } from './claudex-error.ts';
export { messageOf, systemCodeOf } from './messages.ts';
export { createScrubber, type Scrubber } from './scrub.ts';
export { SECRET_MASK, scrubPatterns } from './scrub-patterns.ts';
