import type { ExchangeReport } from '../../../src/state/index.ts';

/** The report of a request that a backup answered after the first profile had failed. */
export function exchangeReport(more: Partial<ExchangeReport> = {}): ExchangeReport {
  return {
    request_id: 'req_0123456789ABCDEFGHJKLMNP',
    started_at: '2026-11-24T12:00:00.000Z',
    profile: 'work',
    served_by: 'spare',
    provider: 'acme',
    protocol: 'openai-chat',
    asked: 'claude-sonnet-5',
    model: 'acme-large',
    model_by: 'backup',
    stream: true,
    pass_through: false,
    status: 200,
    finished: true,
    stop_reason: 'end_turn',
    usage: { input_tokens: 12_345, output_tokens: 678, cache_read_input_tokens: 1_000 },
    attempts: [
      {
        profile: 'work',
        provider: 'openai',
        protocol: 'openai-responses',
        model: 'gpt-6',
        after_ms: 0,
        duration_ms: 120,
        outcome: 'failed',
        reason: 'overloaded',
        status: 529,
        code: 'server_overloaded',
      },
      {
        profile: 'spare',
        provider: 'acme',
        protocol: 'openai-chat',
        model: 'acme-large',
        after_ms: 1_120,
        duration_ms: 4_880,
        waited_ms: 1_000,
        outcome: 'answered',
        status: 200,
      },
    ],
    calls: 2,
    losses: [
      { kind: 'dropped', path: 'top_k', feature: 'top_k', reason: 'Chat has no top_k.' },
      { kind: 'degraded', path: 'messages[0]', feature: 'document', reason: 'A document became text.' },
      { kind: 'degraded', path: 'messages[2]', feature: 'document', reason: 'A document became text.' },
    ],
    first_event_ms: 1_500,
    longest_gap_ms: 800,
    duration_ms: 6_000,
    ...more,
  };
}

/** An id as the proxy makes them, which begins with this text. */
export function requestId(beginning: string): string {
  return `req_${beginning.padEnd(24, '0')}`;
}
