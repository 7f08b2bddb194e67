import { request, type ClientRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { EventClock, type TimedEvent } from './event-clock.ts';

/** A request to the proxy. */
export interface Question {
  readonly port: number;
  readonly path: string;
  readonly token: string;
  readonly body: object | string;
  readonly headers?: { readonly [name: string]: string };
}

/** Everything a client got. */
export interface Answer {
  /** 0 when not even a head came. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The body as text, whatever it is. */
  readonly body: string;
  /** The events of a stream; none of anything else. */
  readonly events: readonly TimedEvent[];
  /** Whether the transport said that the body is complete. */
  readonly whole: boolean;
  /** Milliseconds from the request to the head, and to the end. */
  readonly headMs: number;
  readonly endMs: number;
}

/** An answer that is coming in. */
export interface Conversation {
  readonly answer: Promise<Answer>;
  /** What has come so far. */
  readonly events: readonly TimedEvent[];
  /** Settles when the head is there. */
  readonly head: Promise<void>;
  /** Hangs up. */
  abort(): void;
  /** Stops to read, or goes on. */
  pause(): void;
  resume(): void;
  /** Bytes of the body that were read. */
  readonly taken: () => number;
}

/** The question of a client that has one tool, and likes to be told of the thoughts. */
export function question(stream: boolean, more: object = {}): object {
  return {
    model: 'scripted',
    max_tokens: 2_000,
    stream,
    messages: [{ role: 'user', content: 'Read my notes, please.' }],
    tools: [{ name: 'Read', description: 'Reads a file', input_schema: { type: 'object', properties: {} } }],
    ...more,
  };
}

/** Asks on a connection of its own. Never rejects: what goes wrong is part of the answer. */
export function converse(asked: Question, { keepBody = true }: { readonly keepBody?: boolean } = {}): Conversation {
  const startedAt = Date.now();
  const clock = new EventClock();
  const pieces: Buffer[] = [];
  const head = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<Answer>();
  let taken = 0;
  let headMs = 0;
  const incoming: { response?: IncomingMessage } = {};
  const end = (): void => {
    const { statusCode: status = 0, headers = {}, complete: whole = false } = incoming.response ?? {};
    const body = Buffer.concat(pieces).toString();
    head.resolve();
    answer.resolve({ status, headers, body, events: clock.events, whole, headMs, endMs: Date.now() - startedAt });
  };
  const outgoing = open(asked);
  outgoing.once('error', end).once('close', end);
  outgoing.once('response', (response) => {
    incoming.response = response;
    headMs = Date.now() - startedAt;
    head.resolve();
    const isStream = response.headers['content-type']?.startsWith('text/event-stream') === true;
    response.on('error', () => undefined).once('close', end);
    response.on('data', (piece: Buffer) => {
      taken += piece.length;
      if (!keepBody) return;
      pieces.push(piece);
      if (isStream) clock.push(piece);
    });
  });
  return {
    answer: answer.promise,
    events: clock.events,
    head: head.promise,
    abort: () => void outgoing.destroy(),
    pause: () => void incoming.response?.pause(),
    resume: () => void incoming.response?.resume(),
    taken: () => taken,
  };
}

function open({ port, path, token, body, headers }: Question): ClientRequest {
  const text = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const outgoing = request({
    host: '127.0.0.1',
    port,
    path,
    method: 'POST',
    agent: false,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': text.length,
      ...headers,
    },
  });
  outgoing.end(text);
  return outgoing;
}
