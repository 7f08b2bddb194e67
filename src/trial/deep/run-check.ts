import type { Loss } from '@claudex/sdk';
import { printable } from '../../config/index.ts';
import { messageOf } from '../../errors/index.ts';
import type { Asking, Check, CheckResult, Verdict } from './check.ts';
import type { Reply } from './reply.ts';
import type { TrialSession } from './trial-session.ts';

/** Longest text that is repeated, in characters. */
const LONGEST_DETAIL = 300;

/** What became of one check, as `--json` prints it. */
export interface CheckReport {
  readonly check: string;
  readonly title: string;
  readonly result: CheckResult;
  /** One line for people; empty when there is nothing to say. */
  readonly detail: string;
  /** All its requests together, in milliseconds; `null` when nothing was sent. */
  readonly latency_ms: number | null;
  /** From the request to the first event of the last answer, in milliseconds. */
  readonly first_event_ms: number | null;
  readonly losses: readonly Loss[];
}

/** What a check is made with. */
export interface CheckMeans {
  readonly session: TrialSession;
  /** Takes secrets out of a text. */
  readonly scrub: (text: string) => string;
  /** Ends the check, which has then failed. */
  readonly limit: AbortSignal;
  /** Ends everything. */
  readonly signal: AbortSignal;
}

/** Makes one check. Throws only when `signal` ended it. */
export async function runCheck(check: Check, { session, scrub, limit, signal }: CheckMeans): Promise<CheckReport> {
  const replies: Reply[] = [];
  let counted = 0;
  const asking: Asking = {
    async ask(body) {
      const reply = await session.ask({ stream: true, ...body }, limit);
      replies.push(reply);
      return reply;
    },
    async count(body) {
      const count = await session.count(body, limit);
      counted += count.latencyMs;
      return count;
    },
  };
  const began = performance.now();
  const { result, detail } = await verdictOf(check, asking, limit, signal);
  const latency = replies.reduce((sum, { latencyMs }) => sum + latencyMs, counted);
  return {
    check: check.id,
    title: check.title,
    result,
    detail: oneLine(scrub(detail)),
    latency_ms: latency > 0 ? latency : Math.round(performance.now() - began),
    first_event_ms: replies.at(-1)?.firstEventMs ?? null,
    losses: distinct(replies.flatMap(({ losses }) => losses)),
  };
}

async function verdictOf(check: Check, asking: Asking, limit: AbortSignal, signal: AbortSignal): Promise<Verdict> {
  const began = performance.now();
  try {
    return await check.run(asking);
  } catch (error) {
    if (signal.aborted) throw error;
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    return { result: 'failed', detail: limit.aborted ? `no complete answer after ${seconds} s` : messageOf(error) };
  }
}

/** The report of a check that was not made. */
export function untried({ id, title }: Check, detail: string): CheckReport {
  return { check: id, title, result: 'skipped', detail, latency_ms: null, first_event_ms: null, losses: [] };
}

/** A check that asks twice would tell everything twice. */
function distinct(losses: readonly Loss[]): Loss[] {
  return [...new Map(losses.map((loss) => [`${loss.kind} ${loss.feature}`, loss])).values()];
}

function oneLine(detail: string): string {
  const line = printable(detail.replaceAll(/\s+/g, ' ').trim());
  return line.length > LONGEST_DETAIL ? `${line.slice(0, LONGEST_DETAIL)}…` : line;
}
