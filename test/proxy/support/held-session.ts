import type { Configuration } from '../../../src/config/index.ts';
import type { TestProxy } from '../../support/proxy.ts';

/** A session's connection, opened by hand. */
export interface HeldSession {
  readonly status: number;
  /** The first line, parsed. */
  readonly greeting: { readonly context?: string | null; readonly error?: { readonly message: string } };
  /** Everything after the first line, when the proxy has ended the connection. */
  readonly rest: Promise<string>;
  close(): void;
}

/** Opens a session of profile `p`; `more` are further fields of the call. */
export async function holdSession(
  proxy: TestProxy,
  configuration: Configuration,
  more: { readonly [field: string]: unknown } = {},
): Promise<HeldSession> {
  const call = new AbortController();
  const response = await proxy.fetch('/-/sessions', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ profile: 'p', configuration, ...more }),
    signal: call.signal,
  });
  const pieces = (response.body ?? new ReadableStream<Uint8Array>()).values();
  const first = await pieces.next();
  return {
    status: response.status,
    greeting: JSON.parse(Buffer.from(first.value ?? []).toString()) as HeldSession['greeting'],
    rest: textOf(pieces).catch(() => 'broken off'),
    close: () => call.abort(),
  };
}

async function textOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += Buffer.from(piece).toString();
  return text;
}
