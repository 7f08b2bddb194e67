import { pino } from 'pino';
import type { Scrubber } from '../errors/index.ts';

/** One line of the proxy's log. Figures and names only: never what a user or a model wrote, never a secret. */
export interface LogEntry {
  readonly level: 'error' | 'warn' | 'info' | 'debug' | 'trace';
  readonly event: string;
  readonly [field: string]: unknown;
}

/** Takes an entry; must not throw. */
export type Log = (entry: LogEntry) => void;

/** A log that can be told what to leave out. */
export interface LevelledLog extends Log {
  /** From now on only entries of this level and above are written. An unknown word means `info`. */
  setLevel(level: string): void;
  /** Adds fields to every entry from now on, e.g. the port. */
  addFields(fields: { readonly [field: string]: string | number }): void;
}

/** A client may name a model at any length; of a longer line only the event and the request are kept, in characters. */
const LONGEST_LINE = 64 * 1024;

const LEVELS: ReadonlySet<string> = new Set(['trace', 'debug', 'info', 'warn', 'error']);

/** Writes entries as JSON lines, those of `level` and above, with level and time of day in front and without secrets. */
export function jsonLog(
  write: (line: string) => void,
  level: string,
  scrubber: Pick<Scrubber, 'scrub'> = { scrub: (text) => text },
): LevelledLog {
  let line = '';
  const logger = pino(
    {
      level: knownLevel(level),
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (word) => ({ level: word }) },
    },
    { write: (text: string) => (line = text) },
  );
  const log: Log = (entry) => {
    if (!logger.isLevelEnabled(entry.level)) return;
    const { level: word, ...fields } = entry;
    line = '';
    logger[word](fields);
    if (line.length > LONGEST_LINE) logger[word]({ ...nameOf(fields), left_out: line.length });
    if (line !== '') write(scrubber.scrub(line.trimEnd()));
  };
  return Object.assign(log, {
    setLevel(word: string) {
      logger.level = knownLevel(word);
    },
    addFields: (fields: { readonly [field: string]: string | number }) => logger.setBindings({ ...fields }),
  });
}

function nameOf({ event, request_id }: { readonly [field: string]: unknown }) {
  return { event, request_id };
}

function knownLevel(level: string): string {
  return LEVELS.has(level) ? level : 'info';
}
