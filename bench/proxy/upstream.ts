import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import type { SseEvent } from '@claudex/sdk';
import { anthropicMessage, anthropicStream } from '../fixtures/anthropic-answer.ts';
import type { Answer } from '../fixtures/answer.ts';
import { chatCompletion, chatStream } from '../fixtures/chat-answer.ts';

/** A provider on loopback that gives every request the same answer, in the protocol of the path. */
export interface Upstream {
  readonly port: number;
  /**
   * Sets the answer to the requests that follow. `inPieces`: as a stream, one event per turn of the event loop, or with
   * `everyMs` one in so many milliseconds.
   */
  answerWith(answer: Answer, inPieces: boolean, everyMs?: number): void;
  /** Lets streams stop after half of their events until what it returns is called. */
  holdHalfway(): () => void;
  close(): Promise<void>;
}

/** An answer as it is written: one piece for a whole body, one per event of a stream. */
interface Script {
  readonly type: string;
  readonly pieces: readonly Buffer[];
  readonly everyMs: number;
}

/** Where Chat Completions are asked for. */
export const CHAT_PATH = '/v1/chat/completions';
/** Where Anthropic Messages are asked for. */
export const MESSAGES_PATH = '/v1/messages';

/** Starts the provider on a free port. */
export async function startUpstream(): Promise<Upstream> {
  let scripts = new Map<string, Script>();
  let gate: Promise<void> | undefined;
  const server = createServer((request, response) => {
    const script = scripts.get(request.url ?? '');
    if (script) void play(request, response, script, gate);
    else response.writeHead(404).end();
  });
  server.keepAliveTimeout = 75_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    answerWith(answer, inPieces, everyMs = 0) {
      scripts = new Map([
        [CHAT_PATH, inPieces ? stream(chatStream(answer), everyMs) : whole(chatCompletion(answer))],
        [MESSAGES_PATH, inPieces ? stream(anthropicStream(answer), everyMs) : whole(anthropicMessage(answer))],
      ]);
    },
    holdHalfway() {
      const { promise, resolve } = Promise.withResolvers<void>();
      gate = promise;
      return () => {
        gate = undefined;
        resolve();
      };
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function play(
  request: IncomingMessage,
  response: ServerResponse,
  { type, pieces, everyMs }: Script,
  gate: Promise<void> | undefined,
): Promise<void> {
  request.resume();
  if (!request.complete) await once(request, 'end');
  const [only] = pieces;
  if (pieces.length === 1 && only) {
    response.writeHead(200, { 'content-type': type, 'content-length': only.byteLength }).end(only);
    return;
  }
  response.writeHead(200, { 'content-type': type });
  const startedAt = performance.now();
  for (const [index, piece] of pieces.entries()) {
    if (index === Math.floor(pieces.length / 2)) await gate;
    if (!response.write(piece)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    if (response.destroyed) return;
    // By the clock and not by the time of the event before, so that a late one makes nobody else late.
    if (everyMs > 0) await pause(Math.max(0, startedAt + (index + 1) * everyMs - performance.now()));
    else await nextTurn();
  }
  response.end();
}

function whole(body: object): Script {
  return { type: 'application/json', pieces: [Buffer.from(JSON.stringify(body))], everyMs: 0 };
}

function stream(events: readonly SseEvent[], everyMs: number): Script {
  const pieces = events.map(({ event, data }) =>
    Buffer.from(`${event === undefined ? '' : `event: ${event}\n`}data: ${data}\n\n`),
  );
  return { type: 'text/event-stream', pieces, everyMs };
}
