import type { JsonObject } from '@claudex/sdk';
import type { ResponsesEvent } from '../wire-answer.ts';
import { restOfObject, type CallInput, type InputSink } from './call-input.ts';
import { GrownText } from './grown-text.ts';
import { escaped, position, text } from './values.ts';

/** Shell commands, which come string by string; one that comes before its turn, or out of any order, waits. */
export class CommandsInput implements CallInput {
  readonly #rest: JsonObject;
  readonly #sink: InputSink;
  /** What came of each command, by the place the provider gives it. */
  readonly #texts = new Map<number, GrownText>();
  readonly #ended = new Set<number>();
  /** The last command that was written, all of it or the beginning. */
  #current = -1;
  #growing = false;

  /** `rest` are the other fields of the action. */
  constructor(rest: JsonObject, sink: InputSink) {
    this.#rest = rest;
    this.#sink = sink;
  }

  take(event: ResponsesEvent): void {
    const index = position(event.command_index);
    const isDone = event.type === 'response.shell_call_command.done';
    this.#textOf(index);
    if (typeof event.delta === 'string') this.#add(index, event.delta);
    else if (isDone) this.#complete(index, text(event['command']));
    if (isDone) this.#ended.add(index);
    this.#advance();
  }

  end(whole: JsonObject | string): void {
    const { commands, ...fields } = typeof whole === 'string' ? {} : whole;
    const rest = { ...this.#rest, ...fields };
    const listed: readonly unknown[] = Array.isArray(commands) ? commands : [];
    if (this.#texts.size === 0) {
      const input = { ...(commands !== undefined && { commands }), ...rest };
      if (Object.keys(input).length > 0) this.#sink.write(JSON.stringify(input));
      return;
    }
    for (const [index, command] of listed.slice(0, this.#current + 1).entries()) this.#complete(index, text(command));
    if (this.#growing) this.#sink.write('"');
    this.#writeLast(listed.length > 0 ? this.#unwritten(listed) : this.#waiting());
    this.#sink.write(`]${restOfObject(rest)}`);
  }

  /** What the finished list has beyond the commands that were written. It also says where those belong that waited. */
  #unwritten(listed: readonly unknown[]): readonly unknown[] {
    const last = listed.slice(this.#current + 1);
    const known = new Set(last);
    if (this.#waiting().some((command) => command !== '' && !known.has(command))) this.#sink.differ();
    return last;
  }

  #writeLast(commands: readonly unknown[]): void {
    const json = commands.map((command) => JSON.stringify(command)).join(',');
    if (this.#current < 0) this.#sink.write(`{"commands":[${json}`);
    else if (json !== '') this.#sink.write(`,${json}`);
  }

  /** The commands whose turn has not come, in order. */
  #waiting(): string[] {
    const waiting = [...this.#texts].filter(([index]) => !this.#isWritten(index));
    return waiting.toSorted(([one], [other]) => one - other).map(([, command]) => command.toString());
  }

  #isWritten(index: number): boolean {
    return Number.isInteger(index) && index >= 0 && index <= this.#current;
  }

  #complete(index: number, whole: string): void {
    const rest = this.#textOf(index).restOf(whole);
    if (rest === undefined) this.#sink.differ();
    else this.#add(index, rest);
  }

  #add(index: number, addition: string): void {
    if (addition === '') return;
    const isGrowing = this.#growing && index === this.#current;
    if (!isGrowing && this.#isWritten(index)) return this.#sink.differ();
    this.#textOf(index).add(addition);
    if (isGrowing) this.#sink.write(escaped(addition));
  }

  #advance(): void {
    for (;;) {
      if (this.#growing) {
        if (!this.#ended.has(this.#current)) return;
        this.#sink.write('"');
        this.#growing = false;
      }
      const next = this.#texts.get(this.#current + 1);
      if (next === undefined) return;
      this.#current += 1;
      this.#growing = true;
      this.#sink.write(`${this.#current === 0 ? '{"commands":["' : ',"'}${escaped(next.toString())}`);
    }
  }

  #textOf(index: number): GrownText {
    let command = this.#texts.get(index);
    if (command === undefined) {
      command = new GrownText();
      this.#texts.set(index, command);
    }
    return command;
  }
}
