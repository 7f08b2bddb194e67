import type { JsonObject } from '@claudex/sdk';
import { isEmptyInput, jsonTextOf, mayBeEmptyInput, parseJson } from '@claudex/sdk/codec';
import type { ResponsesEvent } from '../wire-answer.ts';
import { GrownText } from './grown-text.ts';
import { escaped, text } from './values.ts';

/** Writes the input of a call as JSON while it arrives. */
export interface CallInput {
  /** The next of the call's own events. */
  take(event: ResponsesEvent): void;
  /** The input is complete: an object, or JSON text. What no event has said is taken from here. */
  end(whole: JsonObject | string): void;
  /** The complete input once more, after its end. */
  compare?(whole: JsonObject | string): void;
}

/** Where an input is written. */
export interface InputSink {
  write(json: string): void;
  /** The provider repeats what was written, and says something else. */
  differ(): void;
}

/** More characters than these are written even if they are all spaces, so that none is looked at again and again. */
const MOST_WAITING = 64;

/** Arguments that are JSON already. They wait as long as they may turn out to be `null`, which stands for none. */
export class JsonInput implements CallInput {
  readonly #sink: InputSink;
  readonly #sent = new GrownText();
  /** What waits; `undefined` once something was written. */
  #waiting: string | undefined = '';
  /** Whether a repetition was once found to be written differently: reading the JSON every time would be slow. */
  #compared = false;

  constructor(sink: InputSink) {
    this.#sink = sink;
  }

  take(event: ResponsesEvent): void {
    const { delta } = event;
    if (delta === undefined || delta === null) this.end(jsonTextOf(event['arguments']));
    else this.#add(jsonTextOf(delta));
  }

  end(whole: JsonObject | string): void {
    const json = wholeText(whole);
    if (this.#waiting !== undefined) {
      this.#begin(json === '' ? this.#waiting : json);
      return;
    }
    const rest = this.#sent.restOf(json);
    if (rest === undefined) this.#noteOther(json);
    else this.#write(rest);
  }

  compare(whole: JsonObject | string): void {
    const json = wholeText(whole);
    if (this.#sent.restOf(json) !== '') this.#noteOther(json);
  }

  #add(json: string): void {
    if (this.#waiting === undefined) {
      this.#write(json);
      return;
    }
    this.#waiting += json;
    if (this.#waiting.length <= MOST_WAITING && mayBeEmptyInput(this.#waiting)) return;
    const begin = this.#waiting;
    this.#waiting = undefined;
    this.#write(begin);
  }

  #begin(json: string): void {
    if (isEmptyInput(json)) return;
    this.#waiting = undefined;
    this.#write(json);
  }

  #write(json: string): void {
    if (json === '') return;
    this.#sent.add(json);
    this.#sink.write(json);
  }

  /** Spaces and the spelling of characters make no difference. */
  #noteOther(json: string): void {
    if (this.#compared) return;
    this.#compared = true;
    const [sent, repeated] = [this.#sent.toString(), json].map((one) => parseJson(one));
    if (sent === undefined || JSON.stringify(sent) !== JSON.stringify(repeated)) this.#sink.differ();
  }
}

/** Arguments as text, `''` for those that say nothing. */
function wholeText(whole: JsonObject | string): string {
  const json = jsonTextOf(whole);
  return isEmptyInput(json) ? '' : json;
}

/** A bare string, which becomes one field of an object behind the fields known at the start. */
export class TextInput implements CallInput {
  readonly #field: string;
  readonly #lead: JsonObject;
  readonly #sink: InputSink;
  readonly #sent = new GrownText();

  constructor(field: string, lead: JsonObject, sink: InputSink) {
    this.#field = field;
    this.#lead = lead;
    this.#sink = sink;
  }

  take(event: ResponsesEvent): void {
    const { delta } = event;
    if (delta === undefined || delta === null) this.#complete(text(event[this.#field]));
    else this.#add(text(delta));
  }

  end(whole: JsonObject | string): void {
    const fields = typeof whole === 'string' ? {} : whole;
    if (this.#sent.length === 0) return this.#writeWhole({ ...this.#lead, ...fields });
    this.#complete(text(fields[this.#field]));
    const known = new Set([this.#field, ...Object.keys(this.#lead)]);
    const late = Object.fromEntries(Object.entries(fields).filter(([field]) => !known.has(field)));
    this.#sink.write(`"${restOfObject(late)}`);
  }

  compare(whole: JsonObject | string): void {
    if (typeof whole !== 'string' && this.#sent.restOf(text(whole[this.#field])) !== '') this.#sink.differ();
  }

  #writeWhole(whole: JsonObject): void {
    const value = text(whole[this.#field]);
    if (value !== '') this.#sent.add(value);
    if (Object.keys(whole).length > 0) this.#sink.write(JSON.stringify(whole));
  }

  #complete(whole: string): void {
    const rest = this.#sent.restOf(whole);
    if (rest === undefined) this.#sink.differ();
    else this.#add(rest);
  }

  #add(addition: string): void {
    if (addition === '') return;
    // The JSON of an object whose last field is an empty string, up to where that string begins.
    if (this.#sent.length === 0) this.#sink.write(JSON.stringify({ ...this.#lead, [this.#field]: '' }).slice(0, -2));
    this.#sent.add(addition);
    this.#sink.write(escaped(addition));
  }
}

/** The rest of an object behind one of its fields: these fields, and its end. */
export function restOfObject(fields: JsonObject): string {
  return Object.keys(fields).length === 0 ? '}' : `,${JSON.stringify(fields).slice(1)}`;
}
