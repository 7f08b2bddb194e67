import { Agent, request, type IncomingMessage } from 'node:http';
import { TOKEN } from '../processes/own-home.ts';
import { NumberCheck } from './numbered.ts';

/** Streams to read from one address, and what each of them must be like. */
export interface NumberedStreams {
  readonly port: number;
  readonly path: string;
  readonly body: Buffer;
  readonly count: number;
  /** Numbered pieces in a whole answer. */
  readonly pieces: number;
}

/** What was seen of a stream. Times in milliseconds. */
export interface SeenStream {
  /** From the request to the first numbered piece. */
  readonly firstMs: number;
  /** Longest time between two reads with numbered pieces in them. */
  readonly worstGapMs: number;
}

/** Streams on their way. */
export interface ReadingStreams {
  /** Settles when every stream has given its first piece. */
  readonly begun: Promise<unknown>;
  /** Settles when all have ended. Rejects when one has lost a piece, or given it twice or out of order. */
  readonly ended: Promise<readonly SeenStream[]>;
  /** Pieces that have come by now, of all streams together. */
  received(): number;
}

/** Opens all streams at once, each over a connection of its own, and reads them to their ends. */
export function readStreams(streams: NumberedStreams): ReadingStreams {
  const agent = new Agent({ keepAlive: true, maxSockets: streams.count });
  let received = 0;
  const begun: Promise<void>[] = [];
  const all = Array.from({ length: streams.count }, () => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    begun.push(promise);
    const ended = readStream(streams, agent, (pieces) => {
      received += pieces;
      resolve();
    });
    // A stream that breaks before its first piece must not leave anybody waiting for that.
    void ended.catch(reject);
    return ended;
  });
  const ended = Promise.all(all).finally(() => agent.destroy());
  return { begun: Promise.all(begun), ended, received: () => received };
}

async function readStream(
  { port, path, body, pieces }: NumberedStreams,
  agent: Agent,
  came: (pieces: number) => void,
): Promise<SeenStream> {
  const headers = {
    'content-type': 'application/json',
    'content-length': body.byteLength,
    'anthropic-version': '2023-06-01',
    authorization: `Bearer ${TOKEN}`,
  };
  const startedAt = performance.now();
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const call = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers });
  call.on('response', resolve).on('error', reject).end(body);
  const response = await promise;
  const check = new NumberCheck();
  let [firstMs, worstGapMs, lastAt] = [0, 0, 0];
  for await (const text of response.setEncoding('utf8') as AsyncIterable<string>) {
    const found = check.push(text);
    if (found === 0) continue;
    const now = performance.now();
    if (lastAt === 0) firstMs = now - startedAt;
    else worstGapMs = Math.max(worstGapMs, now - lastAt);
    lastAt = now;
    came(found);
  }
  if (response.statusCode !== 200 || check.count !== pieces)
    throw new Error(`${path} answered ${response.statusCode} with ${check.count} of ${pieces} pieces`);
  return { firstMs, worstGapMs };
}
