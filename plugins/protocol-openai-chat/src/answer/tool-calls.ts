import { isJsonObject, type JsonObject } from '@claudex/sdk';
import { parseJson, type ToolNames } from '@claudex/sdk/codec';
import type { ChatFunction, ChatToolCallPiece } from '../wire.ts';

/** A tool call as far as it has been received. */
export interface ToolCall {
  /** The provider's id, `''` as long as there is none. */
  id: string;
  /** The provider's name for the tool, `''` as long as there is none. */
  name: string;
  /** JSON text so far. */
  arguments: string;
  /** What the last piece added to it, often nothing. */
  latest: string;
  /** State that has to come back with the call (Gemini's thought signature). */
  extra?: JsonObject;
}

/**
 * Sorts the pieces of tool calls to the calls they belong to. `index` should tell, but providers leave it
 * out, send 0 for every call, repeat ids and names in every piece or send a whole call at once, so an id or a
 * name that cannot belong to the call at hand opens another one.
 */
export class ToolCallSorter {
  readonly calls: ToolCall[] = [];
  readonly #byIndex = new Map<number, ToolCall>();
  readonly #names: () => ToolNames;
  #legacy: ToolCall | undefined;

  /** `names` is asked only where a piece is ambiguous. */
  constructor(names: () => ToolNames) {
    this.#names = names;
  }

  /** Takes one entry of `tool_calls` and returns the call it belongs to. */
  take(piece: ChatToolCallPiece): ToolCall {
    const index = typeof piece.index === 'number' ? piece.index : undefined;
    const id = typeof piece.id === 'string' ? piece.id : '';
    const name = typeof piece.function?.name === 'string' ? piece.function.name : '';
    const fragment = argumentsText(piece.function?.arguments);
    let call = this.#find(index, id);
    if (call !== undefined && this.#opensAnother(call, index, id, name, fragment)) call = undefined;
    call ??= this.#open(index);
    takeExtra(call, piece);
    return this.#grow(call, id, name, fragment);
  }

  /** Takes a call that is known to be whole. */
  takeWhole(piece: ChatToolCallPiece): ToolCall {
    const call = this.#open(undefined);
    takeExtra(call, piece);
    const { name, arguments: json } = isJsonObject(piece.function) ? piece.function : {};
    const text = (value: unknown): string => (typeof value === 'string' ? value : '');
    return this.#grow(call, text(piece.id), text(name), argumentsText(json));
  }

  /** Takes a piece of `function_call`, of which an answer has one at most. */
  takeLegacy(piece: ChatFunction): ToolCall {
    this.#legacy ??= this.#open(undefined);
    return this.#grow(
      this.#legacy,
      '',
      typeof piece.name === 'string' ? piece.name : '',
      argumentsText(piece.arguments),
    );
  }

  /** Whether every call could be handed to its tool: it has no arguments at all, or a JSON object. */
  areComplete(): boolean {
    return this.calls.every(({ arguments: text }) => text.trim() === '' || isJsonObject(parseJson(text)));
  }

  #find(index: number | undefined, id: string): ToolCall | undefined {
    if (index !== undefined) return this.#byIndex.get(index);
    if (id !== '') return this.calls.find((call) => call.id === id);
    return this.calls.at(-1);
  }

  #opensAnother(call: ToolCall, index: number | undefined, id: string, name: string, fragment: string): boolean {
    if (name === '') return false;
    if (id !== '' && call.id !== '') return id !== call.id;
    if (call.name === '') return false;
    if (index === undefined && id === '') return true;
    if (name !== call.name) return call.arguments !== '' || (this.#names().has(call.name) && this.#names().has(name));
    // The same name again: repeated in every piece, or a second call that arrives whole after a whole one.
    return fragment.startsWith('{') && call.arguments.endsWith('}') && parseJson(call.arguments) !== undefined;
  }

  #open(index: number | undefined): ToolCall {
    const call: ToolCall = { id: '', name: '', arguments: '', latest: '' };
    this.calls.push(call);
    if (index !== undefined) this.#byIndex.set(index, call);
    return call;
  }

  #grow(call: ToolCall, id: string, name: string, fragment: string): ToolCall {
    if (call.id === '') call.id = id;
    if (name !== '' && name !== call.name) call.name += name;
    if (fragment !== '') call.arguments += fragment;
    call.latest = fragment;
    return call;
  }
}

/** Keeps the object that is known already where a piece only repeats it. */
function takeExtra(call: ToolCall, { extra_content: extra }: ChatToolCallPiece): void {
  if (isJsonObject(extra) && JSON.stringify(extra) !== JSON.stringify(call.extra)) call.extra = extra;
}

/** Arguments as JSON text: some servers send the object itself, or null for none. */
function argumentsText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value === undefined || value === null) return '';
  return JSON.stringify(value);
}
