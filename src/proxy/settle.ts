import type { Context } from 'koa';
import type { Exchange } from './exchange.ts';
import type { ProxyState } from './proxy-state.ts';

/** Closes the books of an exchange: counters and one line in the log. */
export function settle(state: ProxyState, exchange: Exchange, context: Context): void {
  const { bound, record } = exchange;
  const name = bound.profile.name;
  const counters = state.counters.of(name);
  counters.requests += 1;
  counters.losses += record.losses.length;
  if (record.fault !== undefined && record.fault !== 'aborted') counters.errors += 1;
  if (record.usage) state.counters.addUsage(name, record.usage);
  if (record.forecast && record.usage && record.fault === undefined)
    void state.meter.learn(record.forecast, record.usage);
  if (record.bug !== undefined)
    state.log({ level: 'error', event: 'bug', request_id: exchange.requestId, error: record.bug });
  state.log({
    level: 'info',
    event: 'exchange',
    request_id: exchange.requestId,
    profile: name,
    provider: bound.provider.id,
    asked: exchange.asked,
    model: exchange.resolved.model,
    model_by: exchange.resolved.reason,
    stream: exchange.stream,
    status: context.status,
    finished: context.res.writableFinished,
    fault: record.fault,
    stop_reason: record.stopReason,
    usage: record.usage,
    attempts: record.attempts,
    losses: countByFeature(exchange),
    milliseconds: Date.now() - record.startedAt,
  });
}

function countByFeature({ record }: Exchange): { [feature: string]: number } {
  const counts: { [feature: string]: number } = {};
  for (const { feature } of record.losses) counts[feature] = (counts[feature] ?? 0) + 1;
  return counts;
}
