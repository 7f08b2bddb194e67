import { isJsonObject, type JsonObject } from '@claudex/sdk';
import type { ChatReasoningDetail } from '../wire.ts';

/** One entry, put together from the pieces of a stream. */
interface Entry {
  /** Everything but the text. */
  readonly fields: JsonObject;
  /** Where the text stands, absent in entries that have none. */
  readonly textField: TextField | undefined;
  text: string;
}

type TextField = 'text' | 'summary';

/** Entries whose text can be shown, and the field it stands in. */
const TEXT_FIELDS: { readonly [type: string]: TextField } = {
  'reasoning.text': 'text',
  'reasoning.summary': 'summary',
};

/** The text of an entry that can be shown, `''` where there is none. */
export function detailText(detail: unknown): string {
  if (!isJsonObject(detail)) return '';
  const field = textFieldOf(detail);
  const text = field === undefined ? undefined : detail[field];
  return typeof text === 'string' ? text : '';
}

/** Whether an entry carries something that only its provider can read. */
export function isSecretDetail(detail: unknown): boolean {
  return isJsonObject(detail) && (!isBlank(detail['signature']) || !isBlank(detail['data']));
}

/**
 * Puts the entries of `reasoning_details` together that belong to one block of reasoning. Providers want the list back
 * as it would have been without streaming: pieces of one entry joined, entries in order.
 */
export class ReasoningDetails {
  readonly #entries: Entry[] = [];
  /** UTF-16 units of text in all entries. */
  #length = 0;
  /** The last entry that has text, by position. */
  #lastText = 0;
  #inOrder = true;

  /** Adds the entries of one event. Entries of the same event stay apart: whole answers come in one. */
  add(details: readonly (ChatReasoningDetail | null)[]): void {
    const known = this.#entries.length;
    for (const detail of details) {
      if (!isJsonObject(detail)) continue;
      const position = this.#find(detail, known);
      if (position < 0) this.#open(detail);
      else this.#grow(position, detail);
    }
  }

  /**
   * The entries as a sealed state. `shown` is the length of the block's reasoning text: where all of it came from these
   * entries in their order, each names only its length.
   */
  toState(shown: number): JsonObject[] {
    const isShown = this.#inOrder && this.#length === shown;
    return this.#entries.map(({ fields, textField, text }) => {
      if (textField === undefined) return fields;
      return { ...fields, ...(isShown ? { length: text.length } : { [textField]: text }) };
    });
  }

  #find(detail: JsonObject, known: number): number {
    for (let position = known - 1; position >= 0; position -= 1) {
      const entry = this.#entries[position];
      if (entry !== undefined && isPieceOf(entry, detail)) return position;
    }
    return -1;
  }

  #open(detail: JsonObject): void {
    const textField = textFieldOf(detail);
    if (textField === undefined || typeof detail[textField] !== 'string') {
      this.#entries.push({ fields: detail, textField: undefined, text: '' });
      return;
    }
    const { [textField]: _text, ...fields } = detail;
    this.#entries.push({ fields, textField, text: '' });
    this.#addText(this.#entries.length - 1, detailText(detail));
  }

  #grow(position: number, detail: JsonObject): void {
    const entry = this.#entries[position];
    if (entry === undefined) return;
    for (const [field, value] of Object.entries(detail)) {
      if (field !== entry.textField && !isBlank(value)) entry.fields[field] = value;
    }
    this.#addText(position, detailText(detail));
  }

  #addText(position: number, text: string): void {
    const entry = this.#entries[position];
    if (text === '' || entry === undefined) return;
    if (position < this.#lastText) this.#inOrder = false;
    this.#lastText = position;
    this.#length += text.length;
    entry.text += text;
  }
}

/** Whether a piece belongs to an entry. One that is signed or encrypted is complete and takes only its own repetition. */
function isPieceOf({ fields, textField }: Entry, piece: JsonObject): boolean {
  const isSame =
    isEqual(fields['type'], piece['type']) &&
    isEqual(fields['index'], piece['index']) &&
    isEqual(fields['id'], piece['id']) &&
    isEqual(fields['format'], piece['format']);
  if (!isSame) return false;
  const text = detailText(piece);
  if (textField === undefined && text !== '') return false;
  if (!isSecretDetail(fields)) return true;
  return (
    text === '' && isRepeated(fields['signature'], piece['signature']) && isRepeated(fields['data'], piece['data'])
  );
}

function isRepeated(known: unknown, value: unknown): boolean {
  return isBlank(value) || known === value;
}

/** A field that is absent, null or empty is the same. */
function isEqual(one: unknown, other: unknown): boolean {
  return one === other || (isBlank(one) && isBlank(other));
}

/** The field in which an entry of this type has text that can be shown. */
export function textFieldOf({ type }: JsonObject): TextField | undefined {
  return typeof type === 'string' && Object.hasOwn(TEXT_FIELDS, type) ? TEXT_FIELDS[type] : undefined;
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}
