import type {
  ContentBlock,
  Json,
  JsonObject,
  RedactedThinkingBlock,
  ServerToolResultBlock,
  ServerToolUseBlock,
  ThinkingBlock,
  ToolUseBlock,
} from '@claudex/sdk';
import type { Turn } from '@claudex/sdk/codec';
import type { ResponsesAssistantMessage, ResponsesFunctionCall, ResponsesInputItem } from '../wire.ts';
import { noteExtras } from './content.ts';
import type { Encoding } from './encoding.ts';
import { readHistoryState } from './history-state.ts';
import { programItem } from './program-items.ts';
import { describeServerTool } from './server-tool-text.ts';
import { wellFormedJson } from './well-formed.ts';

/** A call as it was sent: what the next turn needs to answer it. */
export interface IssuedCall {
  /** The id the client knows. */
  readonly id: string;
  readonly wireId: string;
  /** Where the call stood in the request. */
  readonly path: string;
  /** Who made the call, where the provider wants that back with the answer. */
  readonly caller?: Json;
}

/** The assistant's turn on the wire: no items when nothing of it can be said. Calls are the last of them. */
interface EncodedAssistantTurn {
  readonly items: readonly ResponsesInputItem[];
  readonly calls: readonly IssuedCall[];
}

/**
 * Turns the assistant's blocks into items in their order, except that calls wait until the end of the turn: their
 * outputs must follow them directly, and several servers refuse even a text between the two.
 */
export function encodeAssistantTurn(turn: Turn, encoding: Encoding): EncodedAssistantTurn {
  const draft = new TurnDraft(encoding);
  for (const item of turn.items) {
    if (item.kind === 'block') draft.add(item.block, item.path);
  }
  return draft.finish();
}

class TurnDraft {
  readonly #encoding: Encoding;
  readonly #items: ResponsesInputItem[] = [];
  readonly #calls = new Map<string, { readonly issued: IssuedCall; readonly item: ResponsesFunctionCall }>();
  /** What the provider wants back with a call. It may stand before or after the call. */
  readonly #extras = new Map<string, JsonObject>();
  #message: ResponsesAssistantMessage | undefined;
  #phase: string | undefined;

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
  }

  add(block: ContentBlock, path: string): void {
    noteExtras(block, path, this.#encoding);
    switch (block.type) {
      case 'text':
        return this.#say(block.text);
      case 'tool_use':
        return this.#call(block, path);
      case 'thinking':
      case 'redacted_thinking':
        return this.#replay(block, path);
      case 'server_tool_use':
      case 'server_tool_result':
        return this.#serverTool(block, path);
      default: {
        const feature = block.type === 'opaque' ? 'opaque_block' : block.type;
        const reason = 'The assistant cannot have said this kind of content here.';
        return this.#encoding.losses.dropped(path, feature, reason);
      }
    }
  }

  finish(): EncodedAssistantTurn {
    const calls: IssuedCall[] = [];
    for (const { issued, item } of this.#calls.values()) {
      const extra = this.#extras.get(issued.id) ?? {};
      const { caller } = extra;
      calls.push(caller === undefined ? issued : { ...issued, caller });
      this.#items.push({ ...extra, ...item });
    }
    return { items: this.#items, calls };
  }

  #say(text: string): void {
    if (text === '') return;
    if (this.#message === undefined) {
      this.#message = { type: 'message', role: 'assistant', content: [] };
      if (this.#phase !== undefined) this.#message.phase = this.#phase;
      this.#items.push(this.#message);
    }
    this.#message.content.push({ type: 'output_text', text, annotations: [] });
  }

  #call(block: ToolUseBlock, path: string): void {
    this.#endMessage();
    const { losses, ids, names } = this.#encoding;
    if (this.#calls.has(block.id)) {
      const reason = 'A second call with the same id in one turn cannot be told from the first.';
      return losses.dropped(path, 'duplicate_tool_use', reason);
    }
    const wireId = ids.issue(block.id);
    const item: ResponsesFunctionCall = {
      type: 'function_call',
      call_id: wireId,
      name: names.toWire(block.name),
      arguments: wellFormedJson(block.input, path, losses),
    };
    this.#calls.set(block.id, { issued: { id: block.id, wireId, path }, item });
  }

  #replay(block: ThinkingBlock | RedactedThinkingBlock, path: string): void {
    const state = readHistoryState(block, path, this.#encoding);
    if (state === undefined) return;
    switch (state.kind) {
      case 'call':
        this.#extras.set(state.call, state.extra);
        return;
      case 'program':
        this.#encoding.programs.set(state.call, state.program);
        return;
      case 'phase':
        this.#endMessage();
        this.#phase = state.phase;
        return;
      case 'item':
        this.#endMessage();
        this.#items.push(state.item);
    }
  }

  #serverTool(block: ServerToolUseBlock | ServerToolResultBlock, path: string): void {
    const item = programItem(block, this.#encoding);
    if (item === undefined) return this.#say(describeServerTool(block, path, this.#encoding));
    this.#endMessage();
    this.#items.push(item);
  }

  /** What comes next belongs to another message. */
  #endMessage(): void {
    this.#message = undefined;
    this.#phase = undefined;
  }
}
