import type { Machine, SseEvent } from '../machine.ts';
import { runMachine } from './run-machine.ts';

/** A CR at the end may be half a CRLF. */
const SURE_LINE_END = /\r\n|\n|\r(?!$)/;
const LINE_END = /\r\n|\n|\r/;

/**
 * Reads a text/event-stream as the WHATWG standard says: CR, LF and CRLF end lines, comments and unknown fields are
 * skipped, an event without data is not dispatched, and neither is one that no blank line ends. The stream is given as
 * text, or as bytes in pieces, which may end anywhere: inside a character, inside a line, between CR and LF.
 */
export function parseSse(source: string | Iterable<Uint8Array>): SseEvent[] {
  return runMachine(new SseReader(), typeof source === 'string' ? [new TextEncoder().encode(source)] : source);
}

class SseReader implements Machine<Uint8Array, SseEvent> {
  readonly #decoder = new TextDecoder();
  /** What no line ending has followed yet. */
  #rest = '';
  #name = '';
  #data: string[] = [];

  push(piece: Uint8Array): SseEvent[] {
    return this.#read(this.#decoder.decode(piece, { stream: true }), SURE_LINE_END);
  }

  end(): SseEvent[] {
    return this.#read(this.#decoder.decode(), LINE_END);
  }

  #read(text: string, lineEnd: RegExp): SseEvent[] {
    const events: SseEvent[] = [];
    const lines = (this.#rest + text).split(lineEnd);
    this.#rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') this.#dispatch(events);
      else this.#field(line);
    }
    return events;
  }

  #dispatch(events: SseEvent[]): void {
    if (this.#data.length > 0) {
      events.push({ ...(this.#name !== '' && { event: this.#name }), data: this.#data.join('\n') });
    }
    this.#name = '';
    this.#data = [];
  }

  #field(line: string): void {
    const [field, value] = splitField(line);
    if (field === 'event') this.#name = value;
    if (field === 'data') this.#data.push(value);
  }
}

function splitField(line: string): [field: string, value: string] {
  const colon = line.indexOf(':');
  if (colon === -1) return [line, ''];
  const value = line.slice(colon + 1);
  return [line.slice(0, colon), value.startsWith(' ') ? value.slice(1) : value];
}
