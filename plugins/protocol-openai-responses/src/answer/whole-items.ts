import type { Json } from '@claudex/sdk';
import { keptOfCompaction } from '../kept-fields.ts';
import type { ResponsesEvent, ResponsesItem } from '../wire-answer.ts';
import type { AnswerScope } from './answer-scope.ts';
import type { ItemReader } from './item-reader.ts';
import { mergedItem } from './merged-item.ts';
import type { Outlet } from './outlet.ts';
import { resultBlock } from './server-results.ts';
import { objects, text } from './values.ts';

type WriteItem = (item: ResponsesItem, scope: AnswerScope, outlet: Outlet) => void;

/** Items that are written when they are complete. */
export const WHOLE_ITEMS: { readonly [type: string]: WriteItem } = {
  compaction: (item, scope, outlet) => {
    scope.writeState(outlet, { item: 'compaction', value: keptOfCompaction(item) });
  },
  shell_call_output: (item, scope, outlet) => {
    writeResult('shell', text(item.call_id), objects(item['output']) as Json[], scope, outlet);
  },
  program_output: (item, scope, outlet) => {
    writeResult('program', text(item.call_id), (item['result'] ?? null) as Json, scope, outlet);
  },
  tool_search_output: (item, scope, outlet) => {
    // The output of a search by the provider does not say which search it belongs to.
    const call = text(item.call_id) || scope.lastSearch;
    writeResult('tool_search', call, objects(item['tools']) as Json[], scope, outlet);
  },
  mcp_list_tools: (_item, scope) => {
    scope.lose('dropped', 'mcp_list_tools', 'The provider asks the server again when the list is not sent back.');
  },
  mcp_approval_request: (item, scope, outlet) => {
    const tool = text(item.name);
    const server = text(item['server_label']);
    scope.lose('degraded', 'mcp_approval_request', 'The client has nobody to ask whether a remote tool may run.');
    outlet.open({ type: 'text', text: '' });
    const words = `[The provider wanted approval to call the tool "${tool}" of the MCP server "${server}", which cannot be given here.]`;
    outlet.grow({ type: 'text_delta', text: words });
    outlet.close();
  },
};

function writeResult(tool: string, wireId: string, content: Json, scope: AnswerScope, outlet: Outlet): void {
  outlet.open(resultBlock(tool, scope.serverIdOfResult(wireId), content));
  outlet.close();
}

/** Reads an item that is written as one piece. Of its events only the output of a shell says something new. */
export class WholeReader implements ItemReader {
  readonly #write: WriteItem;
  readonly #scope: AnswerScope;
  readonly #outlet: Outlet;
  readonly #outputs: unknown[] = [];
  #begun: ResponsesItem = {};

  constructor(write: WriteItem, scope: AnswerScope, outlet: Outlet) {
    this.#write = write;
    this.#scope = scope;
    this.#outlet = outlet;
  }

  begin(item: ResponsesItem): void {
    this.#begun = item;
  }

  take(event: ResponsesEvent): void {
    if (event.type !== 'response.shell_call_output_content.done') return;
    for (const output of objects(event['output'])) this.#outputs.push(output);
  }

  finish(item: ResponsesItem | undefined): void {
    const final = mergedItem(this.#begun, item);
    if (final.type === undefined) return;
    const isBare = this.#outputs.length > 0 && objects(final['output']).length === 0;
    this.#write(isBare ? { ...final, output: this.#outputs } : final, this.#scope, this.#outlet);
  }
}

/** Reads an item of a type nobody here knows, which is a loss. */
export class UnknownReader implements ItemReader {
  readonly #scope: AnswerScope;

  constructor(scope: AnswerScope) {
    this.#scope = scope;
  }

  begin(): void {
    this.#scope.lose('dropped', 'output_item', 'An item of an unknown type cannot be shown.');
  }

  take(): void {
    // Events of such an item are not known either.
  }

  finish(): void {
    this.begin();
  }
}
