import { failure, messageOf } from '../errors/index.ts';
import type { LoopbackResponse } from '../http/index.ts';
import { sessionUrl } from './address.ts';
import type { Daemon } from './daemon.ts';
import { LineReader } from './line-reader.ts';

/** The header by which requests of a session's client name the session. The proxy keeps it to itself. */
export const SESSION_HEADER = 'x-claudex-session';

/** What a caller's own folder and shell add to what the daemon knows. Held in the daemon's memory only. */
export interface SessionRequest {
  /** 16 to 64 hexadecimal digits, by which the session's requests name it in {@link SESSION_HEADER}. */
  readonly id: string;
  /** As it stands in the address: a profile's name, or `auto`. */
  readonly profile: string;
  /** The whole configuration as the caller resolved it. */
  readonly configuration: unknown;
  /** Values of key variables in the caller's environment, by name. */
  readonly keys: { readonly [variable: string]: string };
  /** Shown to the user, never signalled. */
  readonly pid: number;
  readonly cwd: string;
  /** For a session that comes back: the context of the address in use, `null` for the plain one. */
  readonly context?: string | null;
}

/** Why a session is over. `lost`: the connection broke, so that the daemon has died or hung up. */
export type SessionEnd = 'stopped' | 'handover' | 'lost';

/** A session that the daemon knows about for as long as this object is not disposed of. */
export interface DaemonSession extends AsyncDisposable {
  /** What Claude Code takes as its base URL. */
  readonly baseUrl: string;
  readonly context: string | null;
  /** Settles when the session is over, also when it was disposed of. Never rejects. */
  readonly ended: Promise<SessionEnd>;
}

const FIRST_LINE_LIMIT_MS = 10_000;

/**
 * Registers a session by a connection that stays open: when this process ends in whatever way, the connection
 * closes and the daemon forgets the session. Fails with what the proxy answered.
 */
export async function openSession(daemon: Daemon, request: SessionRequest): Promise<DaemonSession> {
  const connection = new AbortController();
  const timer = setTimeout(() => connection.abort(), FIRST_LINE_LIMIT_MS);
  let response: LoopbackResponse | undefined;
  try {
    const opened = await daemon.call({ method: 'POST', path: '/-/sessions', body: request, signal: connection.signal });
    response = opened;
    const lines = new LineReader(opened.body);
    const { profile, context } = readGreeting(await lines.next().catch(brokenOff));
    return {
      baseUrl: sessionUrl(daemon.url, profile, context),
      context,
      ended: lines.next().then(endFrom, (): SessionEnd => 'lost'),
      [Symbol.asyncDispose]: () => Promise.resolve(opened.cancel()),
    };
  } catch (error) {
    response?.cancel();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function brokenOff(error: unknown): never {
  throw failure('proxy-gone', `the proxy broke the session off: ${messageOf(error)}`, 'Try again.', error);
}

function readGreeting(line: string): { profile: string; context: string | null } {
  const { profile, context = null, ended } = readObject(line);
  if (typeof profile === 'string' && (context === null || typeof context === 'string')) return { profile, context };
  if (ended !== undefined) throw failure('proxy-gone', 'the proxy has just been told to stop', 'Try again.');
  throw failure(
    'proxy-refused',
    'the proxy answered the session with something else',
    'Run "claudex proxy stop" and try again.',
  );
}

function endFrom(line: string): SessionEnd {
  const { ended } = readObject(line);
  return ended === 'stopped' || ended === 'handover' ? ended : 'lost';
}

function readObject(line: string): { readonly [key: string]: unknown } {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as { [key: string]: unknown }) : {};
  } catch {
    return {};
  }
}
