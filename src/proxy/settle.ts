import type { Context } from 'koa';
import type { ExchangeReport } from '../state/index.ts';
import type { Call } from './attempts/call.ts';
import { windowWarning } from './observe/window-warning.ts';
import type { ProxyState } from './proxy-state.ts';

/** More of a model's name is not kept, in characters. */
const MOST_OF_NAME = 256;

/** Closes the books of a client's request: what was learnt from it, and one report for everybody who keeps figures. */
export function settle(state: ProxyState, call: Call, context: Context): void {
  const { record, requestId } = call;
  if (record.forecast && record.usage && record.fault === undefined)
    void state.meter.learn(record.forecast, record.usage);
  if (record.bug !== undefined) state.log({ level: 'error', event: 'bug', request_id: requestId, error: record.bug });
  const warning = call.answering && windowWarning(state, call.answering);
  if (warning !== undefined) state.log({ level: 'warn', event: 'warning', request_id: requestId, message: warning });
  if (call.bodies) state.history.recordBodies(requestId, call.bodies.bodies);
  const report = reportOf(call, context);
  for (const observe of state.observers) observe(report);
  state.sessions.account(context.req.headers, report);
}

function reportOf(call: Call, context: Context): ExchangeReport {
  const { record, trail, primary } = call;
  const { bound, resolved, passThrough } = call.answering ?? { ...primary, passThrough: false };
  const served = trail.attempts.findLast(({ outcome }) => outcome === 'answered');
  const session = call.answering?.context.session;
  return {
    request_id: call.requestId,
    started_at: new Date(trail.startedAt).toISOString(),
    profile: primary.bound.profile.name,
    ...(served && { served_by: served.profile }),
    provider: bound.provider.id,
    protocol: bound.protocol.id,
    asked: clipped(call.asked),
    model: clipped(resolved.model),
    model_by: resolved.reason,
    stream: call.stream,
    pass_through: passThrough,
    status: context.status,
    finished: context.res.writableFinished,
    ...faultOfReport(call, context),
    ...(record.stopReason !== undefined && { stop_reason: record.stopReason }),
    ...(record.usage && { usage: record.usage }),
    attempts: trail.attempts,
    calls: trail.calls,
    losses: record.losses,
    ...(session !== undefined && { session }),
    ...(record.firstEventMs !== undefined && { first_event_ms: record.firstEventMs }),
    ...(record.longestGapMs > 0 && { longest_gap_ms: Math.round(record.longestGapMs) }),
    duration_ms: trail.elapsedMs,
  };
}

/** A client may send any name; what is kept is as long as names are. */
function clipped(model: string): string {
  return model.slice(0, MOST_OF_NAME);
}

/** Whoever hangs up before the end has no other failure. */
function faultOfReport({ record }: Call, { res }: Context): Pick<ExchangeReport, 'fault'> {
  if (record.fault) return { fault: record.fault.kind };
  return res.writableFinished ? {} : { fault: 'aborted' };
}
