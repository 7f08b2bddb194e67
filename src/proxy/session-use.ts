import type { IncomingHttpHeaders } from 'node:http';
import type { ExchangeReport } from '../state/index.ts';

/** Names the session of `claudex run` that a request belongs to. Stays on this machine. */
export const SESSION_HEADER = 'x-claudex-session';
const CLIENT_SESSION_HEADER = 'x-claude-code-session-id';
const AGENT_HEADER = 'x-claude-code-agent-id';
/** Ids are shown on terminals and pasted into shells. */
const CLIENT_SESSION = /^[\w-]{8,64}$/;

/** What one session has asked for since it is connected to this proxy. Tokens by kind. */
export interface SessionUse {
  readonly requests: number;
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cache_read_input_tokens: number;
  readonly cache_creation_input_tokens: number;
  /** The model that answered last, sub-agents left aside. */
  readonly model?: string;
  /** The profile that it was asked of. */
  readonly servedBy?: string;
  /** Claude Code's own id of the conversation, as its `--resume` takes it. */
  readonly clientSession?: string;
  /** Its opaque name at the provider that answered last, as reports have it. */
  readonly session?: string;
  /** End of the last answer, milliseconds since the epoch. */
  readonly lastAt?: number;
}

/** A session that has asked for nothing. */
export const UNUSED: SessionUse = {
  requests: 0,
  input_tokens: 0,
  output_tokens: 0,
  cache_read_input_tokens: 0,
  cache_creation_input_tokens: 0,
};

/** Adds a finished exchange. */
export function addExchange(use: SessionUse, headers: IncomingHttpHeaders, report: ExchangeReport): SessionUse {
  const { usage } = report;
  return {
    ...use,
    ...(headers[AGENT_HEADER] === undefined && mainThread(headers, report)),
    requests: use.requests + 1,
    input_tokens: use.input_tokens + (usage?.input_tokens ?? 0),
    output_tokens: use.output_tokens + (usage?.output_tokens ?? 0),
    cache_read_input_tokens: use.cache_read_input_tokens + (usage?.cache_read_input_tokens ?? 0),
    cache_creation_input_tokens: use.cache_creation_input_tokens + (usage?.cache_creation_input_tokens ?? 0),
    lastAt: Date.now(),
  };
}

function mainThread(
  headers: IncomingHttpHeaders,
  { model, profile, served_by, session }: ExchangeReport,
): Pick<SessionUse, 'model' | 'servedBy' | 'clientSession' | 'session'> {
  const named = headers[CLIENT_SESSION_HEADER];
  const clientSession = typeof named === 'string' && CLIENT_SESSION.test(named) ? named : undefined;
  return {
    model,
    servedBy: served_by ?? profile,
    ...(clientSession !== undefined && { clientSession }),
    ...(session !== undefined && { session }),
  };
}
