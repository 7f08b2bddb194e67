import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** What came back over a connection. */
export interface RawAnswer {
  readonly text: string;
  /** Status codes of every answer in it, in order. */
  readonly statuses: readonly number[];
  /** Whether the other side ended the connection. */
  readonly isClosed: boolean;
}

/**
 * Sends bytes as they are, in one piece, on a connection of its own, and waits until the other side ends it or `limitMs`
 * are over. Our side stays open, so that an end is the other side's decision.
 */
export async function sendRaw(port: number, bytes: string | Uint8Array, limitMs = 10_000): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  const ended = Promise.withResolvers<true>();
  let text = '';
  socket.setEncoding('latin1').on('data', (piece: string) => (text += piece));
  socket.on('error', () => socket.destroy());
  socket.on('end', () => ended.resolve(true)).on('close', () => ended.resolve(true));
  socket.write(bytes);
  const isClosed = await Promise.race([ended.promise, wait(limitMs, false, { ref: false })]);
  socket.destroy();
  return { text, statuses: statusesIn(text), isClosed };
}

/** A request line with headers, `Host` first. */
export function rawHead(line: string, port: number, headers: readonly string[]): string {
  return [line, `Host: 127.0.0.1:${port}`, ...headers, '', ''].join('\r\n');
}

function statusesIn(text: string): number[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
