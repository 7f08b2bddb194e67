/** One line of the proxy's log. Figures and names only: never what a user or a model wrote, never a secret. */
export interface LogEntry {
  readonly level: 'error' | 'warn' | 'info' | 'debug';
  readonly event: string;
  readonly [field: string]: unknown;
}

/** Takes an entry; must not throw. */
export type Log = (entry: LogEntry) => void;

const RANK = { error: 0, warn: 1, info: 2, debug: 3, trace: 4 } as const;

/** Writes entries as JSON lines, those of `level` and above, with the time of day in front. */
export function jsonLog(write: (line: string) => void, level: string): Log {
  const highest = level in RANK ? RANK[level as keyof typeof RANK] : RANK.info;
  return (entry) => {
    if (RANK[entry.level] > highest) return;
    write(JSON.stringify({ time: new Date().toISOString(), ...entry }));
  };
}
