import type { UsageSummary } from './summarize.ts';

/** A session that runs: its name in the history, and Claude Code's own id of it. */
interface NamedSession {
  readonly session: string | null;
  readonly client_session: string | null;
}

/** A summary by session with Claude Code's own ids, which the history does not have, of those that run. */
export function withClientSessions(summary: UsageSummary, running: readonly NamedSession[]): UsageSummary {
  const known = new Map(running.map(({ session, client_session: id }) => [session, id]));
  return { ...summary, rows: summary.rows.map((row) => ({ ...row, client_session: known.get(row.key) ?? null })) };
}
