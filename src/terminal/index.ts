export { ClaudexCommand, type JsonFailure } from './claudex-command.ts';
export { alignColumns } from './align.ts';
export { confirm, type Question } from './confirm.ts';
export { portFlag } from './port-flag.ts';
export { reportFailure, type FailureReport } from './report-failure.ts';
