export { cannotAsk, ClaudexError, failure, isClaudexError, usageError } from './claudex-error.ts';
export { messageOf, systemCodeOf } from './messages.ts';
