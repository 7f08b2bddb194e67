export { ClaudexCommand } from './claudex-command.ts';
export { alignColumns } from './align.ts';
export { confirm } from './confirm.ts';
export { exchangePage } from './exchange-page.ts';
export { parseLogLine, readableLogLine, type LogRecord } from './log-line.ts';
export { portFlag } from './port-flag.ts';
export { reportFailure } from './report-failure.ts';
