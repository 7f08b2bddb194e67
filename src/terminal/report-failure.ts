import { scrubPatterns } from '../errors/index.ts';
import { paint } from './paint.ts';

/** What a failure tells users and scripts. */
export interface FailureReport {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string | undefined;
}

/** Prints a failure outside of a command: JSON on stdout when it was asked for, else text on stderr. Never a secret. */
export function reportFailure(reported: FailureReport, asJson: boolean): void {
  const { message, remedy, ...others } = withoutSecrets(reported);
  if (asJson) {
    process.stdout.write(`${JSON.stringify({ error: { ...others, message, remedy } }, undefined, 2)}\n`);
    return;
  }
  // Not broken into lines of its own: paths in it are copied and looked for.
  const lines = [`${paint('bad', 'Error:', process.stderr)} ${message}`, ...(remedy === undefined ? [] : [remedy])];
  process.stderr.write(`${lines.join('\n')}\n`);
}

/** The report without what looks like a secret, whatever was quoted in it. */
export function withoutSecrets(report: {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string | undefined;
}): FailureReport {
  const { code, message, remedy } = report;
  const clean = { code, message: scrubPatterns(message) };
  return remedy === undefined ? clean : { ...clean, remedy: scrubPatterns(remedy) };
}
