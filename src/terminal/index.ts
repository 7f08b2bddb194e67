export { ClaudexCommand } from './claudex-command.ts';
export { alignColumns } from './align.ts';
export { confirm } from './confirm.ts';
export { portFlag } from './port-flag.ts';
export { reportFailure } from './report-failure.ts';
