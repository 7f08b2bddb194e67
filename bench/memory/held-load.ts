import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { countMarks } from '../fixtures/prose.ts';

/** Streams to open at one server, and what their answers must be like. */
export interface HeldStreams {
  readonly port: number;
  readonly path: string;
  readonly token: string;
  readonly body: Buffer;
  readonly count: number;
  /** Marked pieces in half of an answer, after which it is held. */
  readonly half: number;
  /** Marked pieces in a whole answer. */
  readonly whole: number;
}

/**
 * Opens the streams, does `work` once half of every answer has come, lets them go on with `release`, and reads them to
 * their ends. Throws when any answer is not what it must be.
 */
export async function holdStreams<Result>(
  streams: HeldStreams,
  release: () => void,
  work: () => Promise<Result>,
): Promise<Result> {
  const agent = new Agent({ keepAlive: false });
  try {
    const open = await Promise.all(Array.from({ length: streams.count }, () => openStream(streams, agent)));
    const result = await work();
    release();
    await Promise.all(open.map((stream) => stream.end()));
    return result;
  } finally {
    release();
    agent.destroy();
  }
}

async function openStream(streams: HeldStreams, agent: Agent): Promise<{ end(): Promise<void> }> {
  const { port, path, token, body } = streams;
  const headers = {
    'content-type': 'application/json',
    'content-length': body.byteLength,
    'anthropic-version': '2023-06-01',
    authorization: `Bearer ${token}`,
  };
  const call = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers }).end(body);
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  const pieces = response.setEncoding('utf8')[Symbol.asyncIterator]() as AsyncIterator<string>;
  const read = async (marks: number, from: number): Promise<number> => {
    let found = from;
    while (found < marks) {
      const { done, value } = await pieces.next();
      if (done === true) break;
      found += countMarks(value);
    }
    return found;
  };
  const found = await read(streams.half, 0);
  if (found !== streams.half) throw new Error(`${path} answered ${response.statusCode} with ${found} pieces`);
  return {
    async end() {
      const all = await read(Number.POSITIVE_INFINITY, found);
      if (all !== streams.whole) throw new Error(`${path} answered with ${all} of ${streams.whole} pieces`);
    },
  };
}
