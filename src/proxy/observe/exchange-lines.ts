import type { ExchangeReport } from '../../state/index.ts';
import type { LogEntry } from '../log.ts';

/** The lines that the log gets for a finished exchange: one, and one for each attempt at the level `debug`. */
export function exchangeLines(report: ExchangeReport): LogEntry[] {
  const { request_id } = report;
  return [
    ...report.attempts.map((attempt): LogEntry => ({ level: 'debug', event: 'attempt', request_id, ...attempt })),
    {
      level: 'info',
      event: 'exchange',
      request_id,
      profile: report.profile,
      served_by: report.served_by,
      provider: report.provider,
      protocol: report.protocol,
      asked: report.asked,
      model: report.model,
      model_by: report.model_by,
      stream: report.stream,
      pass_through: report.pass_through,
      status: report.status,
      finished: report.finished,
      fault: report.fault,
      stop_reason: report.stop_reason,
      usage: report.usage,
      attempts: report.attempts,
      calls: report.calls,
      losses: countByFeature(report),
      session: report.session,
      first_event_ms: report.first_event_ms,
      longest_gap_ms: report.longest_gap_ms,
      milliseconds: report.duration_ms,
    },
  ];
}

function countByFeature({ losses }: ExchangeReport): { [feature: string]: number } {
  const counts: { [feature: string]: number } = {};
  for (const { feature } of losses) counts[feature] = (counts[feature] ?? 0) + 1;
  return counts;
}
