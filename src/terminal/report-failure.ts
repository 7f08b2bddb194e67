import { scrubPatterns } from '../errors/index.ts';

/** What a failure tells users and scripts. */
export interface FailureReport {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
}

/** Prints a failure outside of a command: JSON on stdout when it was asked for, else text on stderr. Never a secret. */
export function reportFailure(reported: FailureReport, asJson: boolean): void {
  const failure = withoutSecrets(reported);
  if (asJson) process.stdout.write(`${JSON.stringify({ error: failure }, undefined, 2)}\n`);
  else
    process.stderr.write(
      ` ›   Error: ${failure.message}\n${failure.remedy === undefined ? '' : ` ›   ${failure.remedy}\n`}`,
    );
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
