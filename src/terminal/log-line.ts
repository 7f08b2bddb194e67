import { printable } from '../config/index.ts';
import { scrubPatterns } from '../errors/index.ts';

/** A line of the proxy's log, parsed. */
export type LogRecord = { readonly [field: string]: unknown };

/** Fields that stand at the front of a line, or say nothing to a person. */
const SHOWN_FIRST: ReadonlySet<string> = new Set(['time', 'level', 'event', 'port', 'message', 'error']);

/** Parses a line of the log; `undefined` for what the process printed outside of its log, such as a crash. */
export function parseLogLine(line: string): LogRecord | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as LogRecord) : undefined;
  } catch {
    return undefined;
  }
}

/** A line of the log for people. Harmless for a terminal, whoever wrote the names in it. */
export function readableLogLine(line: string): string {
  const record = parseLogLine(line);
  if (!record) return printable(scrubPatterns(line));
  const figures = record['event'] === 'exchange' ? exchangeFigures(record) : otherFigures(record);
  const [first = '', ...more] = [record['message'], record['error']]
    .filter((text) => typeof text === 'string')
    .join(' ')
    .split('\n');
  const head = [
    timeOf(record),
    wordOf(record, 'level').toUpperCase().padEnd(5),
    wordOf(record, 'event'),
    ...figures,
    first,
  ];
  return [head.filter((part) => part !== '').join(' '), ...more.map((text) => `  ${text}`)].map(printable).join('\n');
}

/** Local time, sortable. */
function timeOf(record: LogRecord): string {
  const time = new Date(wordOf(record, 'time'));
  return Number.isNaN(time.getTime()) ? '' : time.toLocaleString('sv-SE');
}

function exchangeFigures(record: LogRecord): string[] {
  const { usage, served_by: server, attempts, losses } = record;
  const profile = wordOf(record, 'profile');
  return [
    wordOf(record, 'request_id'),
    typeof server === 'string' && server !== profile ? `${profile} → ${server}` : profile,
    wordOf(record, 'model'),
    wordOf(record, 'status'),
    wordOf(record, 'fault'),
    `${(Number(record['milliseconds'] ?? 0) / 1000).toFixed(1)} s`,
    ...(isRecord(usage) ? [`${wordOf(usage, 'input_tokens')} → ${wordOf(usage, 'output_tokens')} tokens`] : []),
    ...(Array.isArray(attempts) && attempts.length > 1 ? [`${attempts.length} attempts`] : []),
    ...(isRecord(losses) && Object.keys(losses).length > 0 ? [`losses: ${Object.keys(losses).join(', ')}`] : []),
  ];
}

function otherFigures(record: LogRecord): string[] {
  const port = record['event'] === 'listening' ? [`port=${wordOf(record, 'port')}`] : [];
  const rest = Object.keys(record).filter((name) => !SHOWN_FIRST.has(name));
  return [...rest.map((name) => `${name}=${wordOf(record, name)}`), ...port];
}

function wordOf(record: LogRecord, name: string): string {
  const value = record[name];
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function isRecord(value: unknown): value is LogRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
