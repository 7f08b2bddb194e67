import { failure, isClaudexError } from '../errors/index.ts';
import type { ExchangeReport, FoundExchange, History } from '../state/index.ts';
import type { Daemon } from './daemon.ts';
import { listDaemons } from './daemon-record.ts';

/** More than any report takes. */
const LARGEST_REPORT_BYTES = 16 * 1024 * 1024;

/** Where an exchange is looked for. */
export interface ExchangeSources {
  /** Absent where none can be read. */
  readonly history: Pick<History, 'find'> | undefined;
  /** For how many days it is kept, for the failure. */
  readonly days: number;
  readonly stateFolder: string;
  readonly token: string;
}

/**
 * Finds an exchange by its id, the beginning of that, or `latest`, in the history and at every proxy of this user. Throws a
 * failure when there is none, or more than one.
 */
export async function findExchange(
  wanted: string,
  { history, days, stateFolder, token }: ExchangeSources,
): Promise<ExchangeReport> {
  const askDaemons = async (): Promise<FoundExchange[]> =>
    Promise.all((await listDaemons(stateFolder, token)).map(({ daemon }) => ask(daemon, wanted)));
  // Proxies write what they hold back when they are asked, so that the newest is in the store afterwards.
  const early = wanted === 'latest' ? await askDaemons() : [];
  const stored = (await history?.find(wanted)) ?? { kind: 'none' };
  const told = stored.kind === 'none' && early.length === 0 ? await askDaemons() : early;
  const found = [stored, ...told].toSorted((one, other) => endOf(other) - endOf(one))[0] ?? stored;
  if (found.kind === 'one') return found.report;
  if (found.kind === 'several') throw ambiguous(wanted, found.ids);
  throw notFound(wanted, days);
}

async function ask(daemon: Daemon, wanted: string): Promise<FoundExchange> {
  try {
    const response = await daemon.call({ method: 'GET', path: `/-/exchanges/${encodeURIComponent(wanted)}` });
    return JSON.parse(await response.text(LARGEST_REPORT_BYTES)) as FoundExchange;
  } catch (error) {
    // It does not know the request, is too old for the question, or has just ended.
    if (isClaudexError(error)) return { kind: 'none' };
    throw error;
  }
}

/** In milliseconds since the epoch; what is not one exchange ended before all others. */
function endOf(found: FoundExchange): number {
  if (found.kind === 'one') return Date.parse(found.report.started_at) + found.report.duration_ms;
  return found.kind === 'several' ? -1 : -2;
}

function ambiguous(wanted: string, ids: readonly string[]): Error {
  return failure(
    'request-ambiguous',
    `several requests begin with "${wanted}": ${ids.join(', ')}`,
    'Give more characters of the one you mean.',
  );
}

function notFound(wanted: string, days: number): Error {
  return failure(
    'request-not-found',
    wanted === 'latest' ? 'the history has no request yet' : `the history has no request "${wanted}"`,
    days === 0
      ? 'The configuration says history.days = 0, so that nothing is kept.'
      : `The id is in the header request-id of an answer and in the log; what is older than ${days} days is not kept. "claudex explain latest" shows the newest.`,
  );
}
