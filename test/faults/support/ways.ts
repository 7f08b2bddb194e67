import type { Dialect } from './dialects/dialect.ts';
import { chat } from './dialects/chat.ts';
import { messages } from './dialects/messages.ts';
import { responses } from './dialects/responses.ts';

/** A protocol of a provider, and whether the client wants a stream. */
export interface Way {
  readonly title: string;
  readonly dialect: Dialect;
  readonly stream: boolean;
}

/** Every protocol. */
export const DIALECTS: readonly [Dialect, Dialect, Dialect] = [messages, chat, responses];

/** Every protocol with a client that wants a stream, and with one that wants the whole. */
export const WAYS: readonly Way[] = DIALECTS.flatMap((dialect) =>
  [true, false].map((stream) => ({ title: `${dialect.title}, ${stream ? 'stream' : 'whole'}`, dialect, stream })),
);

/** Every protocol with a client that wants a stream. */
export const STREAMS: readonly Way[] = WAYS.filter(({ stream }) => stream);
