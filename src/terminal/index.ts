export { ClaudexCommand, type JsonFailure } from './claudex-command.ts';
export { alignColumns } from './align.ts';
export { confirm, type Question } from './confirm.ts';
