import type { IncomingHttpHeaders } from 'node:http';
import type { SeenConversation, SpokenAnswer } from './conversation.ts';

/** One protocol on the provider's side of the wire. */
export interface Dialect {
  /** How the table calls it. */
  readonly title: string;
  /** What a profile says to use it. */
  readonly profile: {
    readonly provider_type: 'OpenAICompatible' | 'OpenAIResponses' | 'DirectAnthropic' | 'GoogleGemini';
    /** Appended to the address of the upstream. */
    readonly basePath: string;
    readonly quirks?: { readonly [name: string]: unknown };
  };
  /** Where messages go, without a query. */
  readonly path: string | RegExp;
  read(body: unknown, headers: IncomingHttpHeaders, url: string): SeenConversation;
  /** The answer in one piece. `n` counts the requests from 0. */
  whole(answer: SpokenAnswer, model: string, n: number): unknown;
  /** The answer as a stream, one text for each event. */
  stream(answer: SpokenAnswer, model: string, n: number): string[];
  /** How the provider says that the prompt does not fit. */
  overflow(tokens: number, maximum: number): unknown;
}

/** The text in pieces of a few characters, as models give it. */
export function pieces(text: string, length = 9): string[] {
  const found: string[] = [];
  for (let start = 0; start < text.length; start += length) found.push(text.slice(start, start + length));
  return found;
}

/** Server-Sent Events with an `event:` line named after the type of each. */
export function namedEvents(events: readonly { readonly type: string; readonly [field: string]: unknown }[]): string[] {
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}
