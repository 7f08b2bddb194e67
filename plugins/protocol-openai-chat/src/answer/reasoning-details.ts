import { isJsonObject, type JsonObject } from '@claudex/sdk';
import type { ChatReasoningDetail } from '../wire.ts';
import { DetailPlaces } from './detail-places.ts';

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
 * Entries as they are sealed. `lengths` says how long the texts are that were taken out of the entries, in UTF-16 units,
 * null for an entry without one. It stands beside the entries, because a field in them could be the provider's own.
 */
type SealedDetails = { details: JsonObject[] } | { details: JsonObject[]; lengths: (number | null)[] };

/**
 * Puts the entries of `reasoning_details` together that belong to one block of reasoning. Providers want the list back
 * as it would have been without streaming: pieces of one entry joined, entries in order.
 */
export class ReasoningDetails {
  readonly #entries: Entry[] = [];
  readonly #places = new DetailPlaces();
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
      if (position === undefined) this.#open(detail);
      else this.#grow(position, detail);
    }
    for (let position = known; position < this.#entries.length; position += 1) this.#remember(position);
  }

  /**
   * The entries for a sealed state. `shown` is the length of the block's reasoning text: where all of it came from these
   * entries in their order, their texts are left out and stand in the block alone.
   */
  toState(shown: number): SealedDetails {
    if (shown === 0 || !this.#inOrder || this.#length !== shown) return { details: this.toEntries() };
    return {
      details: this.#entries.map(({ fields }) => fields),
      lengths: this.#entries.map(({ textField, text }) => (textField === undefined ? null : text.length)),
    };
  }

  /** The entries as a provider wants them back. */
  toEntries(): JsonObject[] {
    return this.#entries.map(({ fields, textField, text }) =>
      textField === undefined ? fields : { ...fields, [textField]: text },
    );
  }

  #find(detail: JsonObject, known: number): number | undefined {
    const isPiece = (position: number | undefined): boolean => {
      const entry = position === undefined ? undefined : this.#entries[position];
      return entry !== undefined && isPieceOf(entry, detail);
    };
    // Nearly always it is the last one, and then no key is needed.
    if (isPiece(known - 1)) return known - 1;
    return this.#places.candidates(detail).find(isPiece);
  }

  #remember(position: number): void {
    const entry = this.#entries[position];
    if (entry !== undefined) this.#places.set(entry.fields, position);
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
    if (isSecretDetail(detail)) this.#remember(position);
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
