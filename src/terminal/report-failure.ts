/** What a failure tells users and scripts. */
export interface FailureReport {
  readonly code: string;
  readonly message: string;
  readonly remedy?: string;
}

/** Prints a failure outside of a command: JSON on stdout when it was asked for, else text on stderr. */
export function reportFailure(failure: FailureReport, asJson: boolean): void {
  if (asJson) process.stdout.write(`${JSON.stringify({ error: failure }, undefined, 2)}\n`);
  else
    process.stderr.write(
      ` ›   Error: ${failure.message}\n${failure.remedy === undefined ? '' : ` ›   ${failure.remedy}\n`}`,
    );
}
