export { cannotAsk, ClaudexError, failure, isClaudexError, usageError, type ErrorFacts } from './claudex-error.ts';
export { messageOf, systemCodeOf } from './messages.ts';
