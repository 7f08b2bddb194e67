import type { ProfileResult } from './test-profile.ts';

/** What became of the tests of several profiles, as `--json` prints it. `error` is there when one failed. */
export interface TestReport {
  readonly ok: boolean;
  readonly profiles: readonly ProfileResult[];
  readonly error?: { readonly code: string; readonly message: string; readonly remedy: string };
}

/** Puts results together. */
export function testReport(profiles: readonly ProfileResult[]): TestReport {
  const failed = profiles.filter(({ ok }) => !ok);
  if (failed.length === 0) return { ok: true, profiles };
  const names = failed.map(({ name }) => name).join(', ');
  const message = `${failed.length} of ${profiles.length} profiles failed: ${names}`;
  const remedy = failed[0]?.problem?.remedy ?? '';
  return { ok: false, profiles, error: { code: 'profile-test-failed', message, remedy } };
}
