/** What a model says, in the pieces in which it is streamed. */
export interface Content {
  readonly thinking?: readonly string[];
  readonly text?: readonly string[];
  readonly tool?: { readonly id: string; readonly name: string; readonly pieces: readonly string[] };
}

/** The provider's side of a protocol: how it answers and how it fails. */
export interface Dialect {
  readonly title: string;
  readonly providerType: string;
  /** The events of an answer, each as it stands on the wire. */
  events(content: Content): readonly string[];
  /** How many events at the beginning of every answer say nothing yet. */
  readonly handshake: number;
  /** The answer as one body. */
  whole(content: Content): object;
  /** The body of an error status. */
  error(type: string, message: string): object;
  /** An event with which a stream says that the provider is overloaded. */
  readonly overloaded: string;
}

/** An event as it stands on the wire. */
export function wireEvent(name: string | undefined, data: unknown): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return `${name === undefined ? '' : `event: ${name}\n`}data: ${text}\n\n`;
}

/** Pieces with consecutive numbers, so that a lost, doubled or displaced one is seen. */
export function marks(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) => `[${from + index}] `);
}

/** Everything an answer can be made of, in few events. */
export const EVERYTHING: Content = {
  thinking: ['first ', 'second '],
  text: marks(4),
  tool: { id: 'call_scripted_1', name: 'Read', pieces: ['{"file_', 'path":"/no', 'tes.md"}'] },
};

/** A call and little else, for cuts at every byte. */
export const SHORT: Content = {
  text: marks(1),
  tool: { id: 'call_scripted_1', name: 'Read', pieces: ['{"file_path"', ':"a.md"}'] },
};

/** Four marks of text. */
export const TEXT: Content = { text: marks(4) };

/** The events of an answer up to and including the one in which this text stands. */
export function eventsUpTo(events: readonly string[], text: string): readonly string[] {
  const place = events.findIndex((event) => event.includes(text));
  if (place === -1) throw new Error(`no event has ${text}`);
  return events.slice(0, place + 1);
}
