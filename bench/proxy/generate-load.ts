import { Agent, request } from 'node:http';
import { percentile } from '../measure/statistics.ts';
import { MARK } from '../fixtures/prose.ts';

/** Requests to one address, and what every answer must be like. */
export interface Requests {
  readonly port: number;
  readonly path: string;
  readonly token: string;
  readonly body: Buffer;
  readonly count: number;
  /** How many are under way at the same time. */
  readonly concurrency: number;
  /** Marked pieces in each answer. */
  readonly marks: number;
}

/** Times of whole exchanges in milliseconds. */
export interface Latencies {
  readonly p50: number;
  readonly p99: number;
}

const MARK_BYTES = Buffer.from(MARK);

/** Sends all requests over connections that stay open. Throws when any answer is not what it must be. */
export async function generateLoad(requests: Requests): Promise<Latencies> {
  const agent = new Agent({ keepAlive: true, maxSockets: requests.concurrency });
  const times: number[] = [];
  let left = requests.count;
  const work = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const startedAt = performance.now();
      const { status, body } = await exchange(requests, agent);
      times.push(performance.now() - startedAt);
      check(requests, status, body);
    }
  };
  try {
    await Promise.all(Array.from({ length: requests.concurrency }, work));
  } finally {
    agent.destroy();
  }
  return { p50: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

function exchange({ port, path, token, body }: Requests, agent: Agent): Promise<{ status: number; body: Buffer }> {
  const headers = {
    'content-type': 'application/json',
    'content-length': body.byteLength,
    'anthropic-version': '2023-06-01',
    authorization: `Bearer ${token}`,
  };
  return new Promise((resolve, reject) => {
    const call = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers });
    call.on('error', reject);
    call.on('response', (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(pieces) }));
    });
    call.end(body);
  });
}

function check({ path, marks }: Requests, status: number, body: Buffer): void {
  const found = count(body, MARK_BYTES);
  if (status === 200 && found === marks) return;
  throw new Error(`${path} answered ${status} with ${found} of ${marks} pieces: ${body.toString('utf8', 0, 500)}`);
}

function count(bytes: Buffer, wanted: Buffer): number {
  let found = 0;
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + wanted.length)) found += 1;
  return found;
}
