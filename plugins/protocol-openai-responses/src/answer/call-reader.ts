import { isJsonObject } from '@claudex/sdk';
import { isEmptyInput } from '@claudex/sdk/codec';
import type { ResponsesEvent, ResponsesItem } from '../wire-answer.ts';
import { NAMELESS_TOOL, type AnswerScope } from './answer-scope.ts';
import type { CallInput } from './call-input.ts';
import type { CallKind } from './call-kinds.ts';
import type { ItemReader } from './item-reader.ts';
import { mergedItem } from './merged-item.ts';
import type { Outlet } from './outlet.ts';
import { text } from './values.ts';

/**
 * Reads a call. One that the client must run becomes a `tool_use`, one that the provider runs a `server_tool_use` with
 * its result. The block opens when the name is known; what comes earlier waits.
 */
export class CallReader implements ItemReader {
  readonly #kind: CallKind;
  readonly #scope: AnswerScope;
  readonly #outlet: Outlet;
  #early: ResponsesEvent[] = [];
  #begun: ResponsesItem = {};
  #input: CallInput | undefined;
  #opened = false;
  #id = '';
  #isServer = false;

  constructor(kind: CallKind, scope: AnswerScope, outlet: Outlet) {
    this.#kind = kind;
    this.#scope = scope;
    this.#outlet = outlet;
  }

  begin(item: ResponsesItem): void {
    if (this.#opened) return;
    this.#begun = item;
    if (this.#kind.waits !== true && this.#nameOf(item) !== '') this.#open(item);
  }

  take(event: ResponsesEvent): void {
    if (!this.#opened) this.#early.push(event);
    else this.#input?.take(event);
  }

  finish(item: ResponsesItem | undefined): void {
    const final = mergedItem(this.#begun, item);
    if (!this.#opened) this.#open(final);
    if (this.#input === undefined) this.#writeWhole(final);
    else this.#input.end(this.#kind.input(final));
    this.#outlet.close();
    if (!this.#isServer || this.#kind.result === undefined) return;
    this.#outlet.open(this.#kind.result(final, this.#id));
    this.#outlet.close();
  }

  compare(item: ResponsesItem): void {
    this.#input?.compare?.(this.#kind.input(item));
  }

  #open(item: ResponsesItem): void {
    this.#opened = true;
    const { runs } = this.#kind;
    this.#isServer = (typeof runs === 'string' ? runs : runs(item)) === 'provider';
    const wireId = text(item.call_id) || text(item.id);
    this.#id = this.#isServer ? this.#scope.serverId(wireId) : this.#scope.callId(wireId);
    const state = this.#kind.state?.(item, this.#id);
    if (state !== undefined) this.#scope.writeState(this.#outlet, state);
    if (this.#isServer) this.#openServerTool(item, wireId);
    else this.#openTool(item);
    const sink = { write: (json: string) => this.#write(json), differ: () => this.#scope.noteRepeat() };
    this.#input = this.#kind.stream?.(item, sink);
    for (const event of this.#early) this.#input?.take(event);
    this.#early = [];
  }

  #openTool(item: ResponsesItem): void {
    this.#scope.calledTools = true;
    const name = this.#scope.toolName(this.#nameOf(item));
    this.#outlet.open({ type: 'tool_use', id: this.#id, name, input: {} });
  }

  #openServerTool(item: ResponsesItem, wireId: string): void {
    if (item.type === 'tool_search_call') this.#scope.lastSearch = wireId;
    const server = this.#kind.server?.(item);
    this.#outlet.open({
      type: 'server_tool_use',
      id: this.#id,
      name: this.#nameOf(item) || NAMELESS_TOOL,
      input: {},
      ...(server !== undefined && server !== '' && { server_name: server }),
    });
  }

  #nameOf(item: ResponsesItem): string {
    return this.#kind.name ?? text(item.name);
  }

  #writeWhole(item: ResponsesItem): void {
    const input = this.#kind.input(item);
    if (!isJsonObject(input)) this.#write(isEmptyInput(input) ? '' : input);
    else if (Object.keys(input).length > 0) this.#write(JSON.stringify(input));
  }

  #write(json: string): void {
    if (json !== '') this.#outlet.grow({ type: 'input_json_delta', partial_json: json });
  }
}
