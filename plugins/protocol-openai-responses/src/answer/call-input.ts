import type { ResponsesEvent } from '../wire-answer.ts';
import { argumentsText, escaped, position, text } from './values.ts';

/** Writes the input of a call as JSON while it arrives. */
export interface CallInput {
  /** Whether anything of the input has come. */
  readonly begun: boolean;
  /** The next of the call's own events. */
  take(event: ResponsesEvent): void;
  /** The input is complete. */
  end(): void;
}

type Write = (json: string) => void;

/** Arguments that are JSON already. */
export class JsonInput implements CallInput {
  readonly #write: Write;
  begun = false;

  constructor(write: Write) {
    this.#write = write;
  }

  take(event: ResponsesEvent): void {
    const json = argumentsText(event.delta ?? (this.begun ? '' : event['arguments']));
    if (json === '') return;
    this.begun = true;
    this.#write(json);
  }

  end(): void {
    // The text was JSON as it came.
  }
}

/** A bare string, which becomes one field of an object behind the fields known at the start. */
export class TextInput implements CallInput {
  readonly #field: string;
  readonly #lead: object;
  readonly #write: Write;
  begun = false;

  constructor(field: string, lead: object, write: Write) {
    this.#field = field;
    this.#lead = lead;
    this.#write = write;
  }

  take(event: ResponsesEvent): void {
    const addition = text(event.delta ?? (this.begun ? '' : event[this.#field]));
    if (addition === '') return;
    if (!this.begun) this.#write(withoutEnd({ ...this.#lead, [this.#field]: '' }));
    this.begun = true;
    this.#write(escaped(addition));
  }

  end(): void {
    this.#write('"}');
  }
}

/** Shell commands, which come string by string; one that comes before its turn waits. */
export class CommandsInput implements CallInput {
  readonly #rest: object;
  readonly #write: Write;
  readonly #waiting = new Map<number, string>();
  readonly #received = new Set<number>();
  readonly #ended = new Set<number>();
  #current = -1;
  #growing = false;

  /** `rest` are the other fields of the action. */
  constructor(rest: object, write: Write) {
    this.#rest = rest;
    this.#write = write;
  }

  get begun(): boolean {
    return this.#current >= 0;
  }

  take(event: ResponsesEvent): void {
    const index = position(event.command_index);
    const isDone = event.type === 'response.shell_call_command.done';
    if (isDone) this.#ended.add(index);
    const addition = text(event.delta ?? (isDone && !this.#received.has(index) ? event['command'] : ''));
    if (addition !== '') this.#received.add(index);
    if (index === this.#current && this.#growing) this.#grow(addition);
    else if (index > this.#current) this.#waiting.set(index, (this.#waiting.get(index) ?? '') + addition);
    this.#advance();
  }

  end(): void {
    if (this.#growing) this.#write('"');
    for (const [, command] of [...this.#waiting].toSorted(([a], [b]) => a - b))
      this.#write(`,${JSON.stringify(command)}`);
    const rest = JSON.stringify(this.#rest).slice(1);
    this.#write(rest === '}' ? ']}' : `],${rest}`);
  }

  #advance(): void {
    for (;;) {
      if (this.#growing) {
        if (!this.#ended.has(this.#current)) return;
        this.#write('"');
        this.#growing = false;
      }
      const next = this.#waiting.get(this.#current + 1);
      if (next === undefined) return;
      this.#current += 1;
      this.#waiting.delete(this.#current);
      this.#growing = true;
      this.#write(this.#current === 0 ? '{"commands":["' : ',"');
      this.#grow(next);
    }
  }

  #grow(addition: string): void {
    if (addition !== '') this.#write(escaped(addition));
  }
}

/** The JSON of an object whose last field is an empty string, up to where that string begins. */
function withoutEnd(value: object): string {
  return JSON.stringify(value).slice(0, -2);
}
