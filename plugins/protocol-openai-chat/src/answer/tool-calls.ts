import { isJsonObject, type JsonObject } from '@claudex/sdk';
import { isEmptyInput, jsonTextOf, parseJson, type ToolNames } from '@claudex/sdk/codec';
import type { ChatFunction, ChatToolCallPiece } from '../wire.ts';
import { wireIndex } from './wire-index.ts';

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

/** What one piece says. */
interface ReadPiece {
  readonly index: number | undefined;
  readonly id: string;
  readonly name: string;
  readonly fragment: string;
}

/**
 * Sorts the pieces of tool calls to the calls they belong to. `index` should tell, but providers leave it
 * out, send 0 for every call, repeat ids and names in every piece or send a whole call at once, so an id or a
 * name that cannot belong to the call at hand opens another one.
 */
export class ToolCallSorter {
  readonly calls: ToolCall[] = [];
  readonly #byIndex = new Map<number, ToolCall>();
  /** The latest call of each id. */
  readonly #byId = new Map<string, ToolCall>();
  readonly #names: () => ToolNames;
  #legacy: ToolCall | undefined;

  /** `names` is asked only where a piece is ambiguous. */
  constructor(names: () => ToolNames) {
    this.#names = names;
  }

  /** Takes one entry of `tool_calls` and returns the call it belongs to. */
  take(piece: ChatToolCallPiece): ToolCall {
    const index = wireIndex(piece.index);
    const id = typeof piece.id === 'string' ? piece.id : '';
    const name = typeof piece.function?.name === 'string' ? piece.function.name : '';
    const fragment = jsonTextOf(piece.function?.arguments);
    const read: ReadPiece = { index, id, name, fragment };
    let call = this.#find(index, id);
    if (call !== undefined && isRepetition(call, read)) return this.#grow(call, '', '', '');
    if (call !== undefined && this.#opensAnother(call, read)) call = undefined;
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
    return this.#grow(call, text(piece.id), text(name), jsonTextOf(json));
  }

  /** Takes a piece of `function_call`, of which an answer has one at most. */
  takeLegacy(piece: ChatFunction): ToolCall {
    this.#legacy ??= this.#open(undefined);
    return this.#grow(this.#legacy, '', typeof piece.name === 'string' ? piece.name : '', jsonTextOf(piece.arguments));
  }

  /** Whether every call could be handed to its tool: it has no arguments at all, or a JSON object. */
  areComplete(): boolean {
    return this.calls.every(({ arguments: text }) => isEmptyInput(text) || isJsonObject(parseJson(text)));
  }

  #find(index: number | undefined, id: string): ToolCall | undefined {
    if (index !== undefined) return this.#byIndex.get(index);
    if (id !== '') return this.#byId.get(id);
    return this.calls.at(-1);
  }

  #opensAnother(call: ToolCall, { index, id, name, fragment }: ReadPiece): boolean {
    if (name === '') return false;
    const hasSameId = id !== '' && id === call.id;
    if (id !== '' && call.id !== '' && !hasSameId) return true;
    if (call.name === '') return false;
    if (index === undefined && id === '') return true;
    if (name !== call.name) {
      // An id that is sent with every piece does not tell calls apart where a server gives all of them the same one.
      if (!hasSameId && call.arguments !== '') return true;
      if (this.#areOffered(call.name, name)) return call.arguments.trim() === '' || isWhole(call);
    }
    // The name may be repeated in every piece, but nothing continues a whole call.
    return fragment.startsWith('{') && isWhole(call);
  }

  #areOffered(...names: readonly string[]): boolean {
    const offered = this.#names();
    return names.every((name) => offered.has(name));
  }

  #open(index: number | undefined): ToolCall {
    const call: ToolCall = { id: '', name: '', arguments: '', latest: '' };
    this.calls.push(call);
    if (index !== undefined) this.#byIndex.set(index, call);
    return call;
  }

  #grow(call: ToolCall, id: string, name: string, fragment: string): ToolCall {
    if (call.id === '' && id !== '') {
      call.id = id;
      this.#byId.set(id, call);
    }
    if (name !== '' && name !== call.name) call.name += name;
    if (fragment !== '') call.arguments += fragment;
    call.latest = fragment;
    return call;
  }
}

/** Whether a piece only says again what made up the whole call. */
function isRepetition(call: ToolCall, { id, name, fragment }: ReadPiece): boolean {
  if (id === '' || id !== call.id || (name !== '' && name !== call.name)) return false;
  return fragment !== '' && fragment === call.arguments && isWhole(call);
}

/** Whether the arguments are complete. The end is looked at first, because that is cheap. */
function isWhole({ arguments: text }: ToolCall): boolean {
  return text.trimEnd().endsWith('}') && parseJson(text) !== undefined;
}

/** Keeps the object that is known already where a piece only repeats it. */
function takeExtra(call: ToolCall, { extra_content: extra }: ChatToolCallPiece): void {
  if (isJsonObject(extra) && JSON.stringify(extra) !== JSON.stringify(call.extra)) call.extra = extra;
}
