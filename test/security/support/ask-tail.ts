import { request } from 'node:http';

/** The end of an answer of any length. */
export interface Tail {
  readonly status: number;
  /** At most so many characters. */
  readonly text: string;
  readonly bytes: number;
}

const LONGEST = 2_000;

/** Posts JSON, and reads the whole answer without keeping more than its end. */
export function askTail(port: number, path: string, token: string, body: string): Promise<Tail> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const outgoing = request({ host: '127.0.0.1', port, path, method: 'POST', headers, agent: false }, (incoming) => {
      let text = '';
      let bytes = 0;
      incoming.on('data', (piece: Buffer) => {
        bytes += piece.length;
        text = (text + piece.toString('latin1', Math.max(0, piece.length - LONGEST))).slice(-LONGEST);
      });
      incoming.on('error', reject);
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, text, bytes }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
