import type {
  ContentBlock,
  JsonObject,
  RedactedThinkingBlock,
  ServerToolResultBlock,
  ServerToolUseBlock,
  ThinkingBlock,
  ToolUseBlock,
} from '@claudex/sdk';
import { mendedJson, serverToolText, type Turn } from '@claudex/sdk/codec';
import type { ResponsesAssistantMessage, ResponsesFunctionCall, ResponsesInputItem } from '../wire.ts';
import { noteExtras } from './content.ts';
import type { Encoding } from './encoding.ts';
import { readHistoryState } from './history-state.ts';
import { programItem } from './program-items.ts';

/** A call as it is sent, and what it takes to answer it. */
export interface IssuedCall {
  /** The id the client knows. */
  readonly id: string;
  /** Where the call stood in the request. */
  readonly path: string;
  readonly item: ResponsesFunctionCall;
}

/** A stretch of the assistant's turn: items, and then the calls behind them that stood directly together, if any. */
export interface TurnStretch {
  readonly items: readonly ResponsesInputItem[];
  readonly calls: readonly IssuedCall[];
}

/**
 * Turns the assistant's blocks into items in their order, because reasoning must directly precede what it led to. Each
 * group of calls ends a stretch: its outputs must follow it directly, and several servers refuse even a text between the
 * two. None where nothing of the turn can be said.
 */
export function encodeAssistantTurn(turn: Turn, encoding: Encoding): TurnStretch[] {
  const draft = new TurnDraft(encoding);
  for (const item of turn.items) {
    if (item.kind === 'block') draft.add(item.block, item.path);
  }
  return draft.finish();
}

class TurnDraft {
  readonly #encoding: Encoding;
  readonly #stretches: { readonly items: ResponsesInputItem[]; readonly calls: IssuedCall[] }[] = [];
  readonly #callIds = new Set<string>();
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

  finish(): TurnStretch[] {
    if (this.#extras.size === 0) return this.#stretches;
    return this.#stretches.map(({ items, calls }) => ({
      items,
      calls: calls.map((call) => ({ ...call, item: { ...this.#extras.get(call.id), ...call.item } })),
    }));
  }

  #say(text: string): void {
    if (text === '') return;
    if (this.#message === undefined) {
      this.#message = { type: 'message', role: 'assistant', content: [] };
      if (this.#phase !== undefined) this.#message.phase = this.#phase;
      this.#add(this.#message);
    }
    this.#message.content.push({ type: 'output_text', text, annotations: [] });
  }

  #call(block: ToolUseBlock, path: string): void {
    this.#endMessage();
    const { losses, ids, names } = this.#encoding;
    if (this.#callIds.has(block.id)) {
      const reason = 'A second call with the same id in one turn cannot be told from the first.';
      return losses.dropped(path, 'duplicate_tool_use', reason);
    }
    this.#callIds.add(block.id);
    const item: ResponsesFunctionCall = {
      type: 'function_call',
      call_id: ids.issue(block.id),
      name: names.toWire(block.name),
      arguments: mendedJson(block.input, path, losses),
    };
    const stretch = this.#stretches.at(-1) ?? this.#begin();
    stretch.calls.push({ id: block.id, path, item });
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
        this.#add(state.item);
    }
  }

  #serverTool(block: ServerToolUseBlock | ServerToolResultBlock, path: string): void {
    const item = programItem(block, this.#encoding);
    if (item === undefined) return this.#say(serverToolText(block, path, this.#encoding.losses));
    this.#endMessage();
    this.#add(item);
  }

  /** What comes behind calls begins another stretch. */
  #add(item: ResponsesInputItem): void {
    const last = this.#stretches.at(-1);
    const stretch = last === undefined || last.calls.length > 0 ? this.#begin() : last;
    stretch.items.push(item);
  }

  #begin(): { readonly items: ResponsesInputItem[]; readonly calls: IssuedCall[] } {
    const stretch = { items: [], calls: [] };
    this.#stretches.push(stretch);
    return stretch;
  }

  /** What comes next belongs to another message. */
  #endMessage(): void {
    this.#message = undefined;
    this.#phase = undefined;
  }
}
