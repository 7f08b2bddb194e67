/** How a tool call went, as far as its text tells. */
type ToolOutcome =
  | { readonly kind: 'ok'; readonly text: string }
  /** The user or a rule did not allow it. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'missing' };

// A proxy says in brackets what the wire has no flag for, e.g. `[The tool reported an error.]`.
const NOTED_FAILURE = /^\s*\[[^\]\n]{0,80}\berror\b[^\]\n]{0,80}\]\s*/i;
const FAILURE = /^\s*(?:<tool_use_error>|error\b|exit code [1-9])/i;
const REFUSAL =
  /requested permissions?|haven't granted|permission (?:to|for|was|has been)[^.\n]{0,80}(?:denied|refused|not granted)|(?:doesn't|does not) want to (?:proceed|take)|was (?:rejected|blocked|denied)|requires approval|not allowed/i;
const START_OF_REASON = 400;

/** Judges a tool result by its text: the wire has no flag for failures. */
export function judgeResult(result: string | undefined): ToolOutcome {
  if (result === undefined) return { kind: 'missing' };
  // Only the start counts: a file may well talk about refusals further down.
  const start = result.replace(NOTED_FAILURE, '').slice(0, START_OF_REASON);
  const reason = firstSentence(start);
  if (NOTED_FAILURE.test(result) || FAILURE.test(start))
    return { kind: REFUSAL.test(start) ? 'refused' : 'failed', reason };
  if (REFUSAL.test(start.split('\n', 1)[0] ?? '')) return { kind: 'refused', reason };
  return { kind: 'ok', text: result };
}

/** The first lines of a file as Claude Code's Read tool returns it: without its line numbers and reminders. */
export function firstLines(text: string, count: number): string[] {
  const withoutReminders = text.split('<system-reminder>', 1)[0] ?? '';
  const lines = withoutReminders.split(/\r?\n/).map((line) => line.replace(/^ *\d+(?:→|\t)/, '').trimEnd());
  return lines.filter((line) => line !== '').slice(0, count);
}

function firstSentence(text: string): string {
  const plain = text.replace(/<\/?[\w-]+>/g, '').trim();
  return plain.split(/\r?\n/, 1)[0]?.trim() ?? '';
}
