import { failure, messageOf } from '../errors/index.ts';
import type { LoopbackResponse } from '../http/index.ts';
import { sessionUrl } from './address.ts';
import type { Daemon } from './daemon.ts';

/** What a caller's own folder and shell add to what the daemon knows. Held in the daemon's memory only. */
export interface SessionRequest {
  readonly profile: string;
  /** The whole configuration as the caller resolved it. */
  readonly configuration: unknown;
  /** Values of key variables in the caller's environment, by name. */
  readonly keys: { readonly [variable: string]: string };
  /** Shown to the user, never signalled. */
  readonly pid: number;
  readonly cwd: string;
}

/** A session that the daemon knows about for as long as this object is not disposed of. */
export interface DaemonSession extends AsyncDisposable {
  /** What Claude Code takes as its base URL. */
  readonly baseUrl: string;
}

const FIRST_LINE_LIMIT_MS = 10_000;
const LONGEST_LINE = 64 * 1024;

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
    const pieces = opened.body[Symbol.asyncIterator]();
    const { profile, context } = readGreeting(await readLine(pieces));
    void discard(pieces);
    return {
      baseUrl: sessionUrl(daemon.url, profile, context),
      [Symbol.asyncDispose]: () => Promise.resolve(opened.cancel()),
    };
  } catch (error) {
    response?.cancel();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function readLine(pieces: AsyncIterator<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  while (!text.includes('\n') && text.length < LONGEST_LINE) {
    const piece = await pieces.next().catch((error: unknown) => {
      throw failure('proxy-gone', `the proxy broke the session off: ${messageOf(error)}`, 'Try again.', error);
    });
    if (piece.done === true) break;
    text += decoder.decode(piece.value, { stream: true });
  }
  return text.slice(0, text.indexOf('\n') + 1);
}

function readGreeting(line: string): { profile: string; context: string | null } {
  try {
    const greeting = JSON.parse(line) as { profile?: unknown; context?: unknown } | null;
    const context = greeting?.context ?? null;
    if (typeof greeting?.profile === 'string' && (context === null || typeof context === 'string')) {
      return { profile: greeting.profile, context };
    }
  } catch {
    // Reported below.
  }
  throw failure(
    'proxy-refused',
    'the proxy answered the session with something else',
    'Run "claudex proxy stop" and try again.',
  );
}

/** Nothing more is said, but unread bytes would hold the connection's end back. */
async function discard(pieces: AsyncIterator<Uint8Array>): Promise<void> {
  try {
    while ((await pieces.next()).done !== true);
  } catch {
    // Closed, by us or by a proxy that ends: Claude Code reports that itself.
  }
}
