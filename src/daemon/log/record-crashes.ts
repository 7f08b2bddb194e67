import type { LogWriter } from './log-writer.ts';

/**
 * Writes an error that nobody caught to the log before it ends the process, without secrets: the system's own way would
 * print them, to a file that may have been moved away.
 */
export function recordCrashes(log: LogWriter, scrub: (text: string) => string): void {
  process.on('uncaughtException', (error: unknown) => {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const entry = { level: 'error', time: new Date().toISOString(), event: 'crash', pid: process.pid, error: stack };
    log.write(scrub(JSON.stringify(entry)));
    log.flushNow();
    process.exit(1);
  });
}
