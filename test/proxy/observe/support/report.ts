import type { AttemptReport, ExchangeReport } from '../../../../src/state/index.ts';

/** A report of an exchange that went well, but for what is given. */
export function report(more: Partial<ExchangeReport> = {}): ExchangeReport {
  return {
    request_id: 'req_1',
    started_at: '2026-11-24T12:00:00.000Z',
    profile: 'primary',
    served_by: 'primary',
    provider: 'acme',
    protocol: 'openai-chat',
    asked: 'sonnet',
    model: 'm-large',
    model_by: 'slot',
    stream: true,
    pass_through: false,
    status: 200,
    finished: true,
    attempts: [attempt()],
    calls: 1,
    losses: [],
    duration_ms: 1_000,
    ...more,
  };
}

/** An attempt that answered, but for what is given. */
export function attempt(more: Partial<AttemptReport> = {}): AttemptReport {
  return {
    profile: 'primary',
    provider: 'acme',
    protocol: 'openai-chat',
    model: 'm-large',
    after_ms: 1,
    duration_ms: 999,
    outcome: 'answered',
    status: 200,
    ...more,
  };
}

/** A request that two profiles failed, one was passed over for, and a fourth answered. */
export const FAILED_OVER = report({
  served_by: 'third',
  usage: { input_tokens: 100, output_tokens: 20, cache_read_input_tokens: 7 },
  attempts: [
    attempt({ outcome: 'failed', reason: 'overloaded', status: 529 }),
    attempt({ outcome: 'failed', reason: 'overloaded', status: 529 }),
    attempt({ profile: 'second', outcome: 'passed-over', reason: 'breaker-open' }),
    attempt({ profile: 'third' }),
  ],
  calls: 3,
  losses: [
    { kind: 'dropped', path: 'top_k', feature: 'top_k', reason: 'It has none.' },
    { kind: 'dropped', path: 'top_k', feature: 'top_k', reason: 'It has none.' },
  ],
  first_event_ms: 300,
  longest_gap_ms: 40,
});
