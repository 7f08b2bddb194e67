import type { ContentBlock, JsonObject, RedactedThinkingBlock, ThinkingBlock, ToolUseBlock } from '@claudex/sdk';
import { serverToolText, type Turn } from '@claudex/sdk/codec';
import type { GeminiFunctionCall, GeminiPart } from '../wire.ts';
import { noteExtras } from './content.ts';
import type { Encoding } from './encoding.ts';
import { readHistoryState } from './history-state.ts';

/** A call as it is sent, and what it takes to answer it. */
export interface IssuedCall {
  /** The id the client knows. */
  readonly id: string;
  /** Where the call stood in the request. */
  readonly path: string;
  /** The id on the wire, for models that know ids. */
  readonly wireId: string;
  readonly part: GeminiPart & { functionCall: GeminiFunctionCall };
}

/** A turn of the model; without parts where nothing of it can be said. */
interface EncodedTurn {
  readonly parts: readonly (GeminiPart | JsonObject)[];
  readonly calls: readonly IssuedCall[];
}

/**
 * Stands for the signature of a call that another model made or whose own was lost: Google's own command-line client
 * fills it in (its source, August 2026), because models from Gemini 3 on refuse a step whose first call has none.
 */
const NO_SIGNATURE = 'skip_thought_signature_validator';

/** Turns the assistant's blocks into parts in their order, each signature on the very part it came on. */
export function encodeModelTurn(turn: Turn, encoding: Encoding): EncodedTurn {
  const draft = new TurnDraft(encoding);
  for (const item of turn.items) {
    if (item.kind === 'block') draft.add(item.block, item.path);
  }
  return draft.finish();
}

class TurnDraft {
  readonly #encoding: Encoding;
  readonly #parts: (GeminiPart | JsonObject)[] = [];
  readonly #calls = new Map<string, IssuedCall>();
  /** Signatures whose calls have not come yet, by the client's id of the call. */
  readonly #signatures = new Map<string, { readonly signature: string; readonly path: string }>();
  /** The text that the last block said, to which a signature may still belong. */
  #text: { text: string; thoughtSignature?: string } | undefined;

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
        return this.#say(serverToolText(block, path, this.#encoding.losses));
      default: {
        const feature = block.type === 'opaque' ? 'opaque_block' : block.type;
        const reason = 'The assistant cannot have said this kind of content here.';
        return this.#encoding.losses.dropped(path, feature, reason);
      }
    }
  }

  finish(): EncodedTurn {
    for (const [id, { signature, path }] of this.#signatures) {
      const call = this.#calls.get(id);
      if (call === undefined) this.#noteLost(path);
      else call.part.thoughtSignature = signature;
    }
    const [first] = this.#calls.values();
    if (this.#encoding.isModern && first !== undefined) first.part.thoughtSignature ??= NO_SIGNATURE;
    return { parts: this.#parts, calls: [...this.#calls.values()] };
  }

  #say(words: string): void {
    if (words === '') return;
    this.#text = { text: words };
    this.#parts.push(this.#text);
  }

  #call({ id, name, input }: ToolUseBlock, path: string): void {
    this.#text = undefined;
    const { losses, ids, names, isModern } = this.#encoding;
    if (this.#calls.has(id)) {
      const reason = 'A second call with the same id in one turn cannot be told from the first.';
      return losses.dropped(path, 'duplicate_tool_use', reason);
    }
    const wireId = ids.issue(id);
    const functionCall = { ...(isModern && { id: wireId }), name: names.toWire(name), args: input };
    const call: IssuedCall = { id, path, wireId, part: { functionCall } };
    this.#calls.set(id, call);
    this.#parts.push(call.part);
  }

  #replay(block: ThinkingBlock | RedactedThinkingBlock, path: string): void {
    const state = readHistoryState(block, path, this.#encoding);
    if (state === undefined) return;
    const { text, raw = [], thought, call } = state;
    if (text !== undefined) this.#signText(text, path);
    this.#text = undefined;
    this.#parts.push(...raw);
    const words = block.type === 'thinking' ? block.thinking : '';
    const { signature } = thought ?? {};
    if (thought !== undefined && (words !== '' || signature !== undefined))
      this.#parts.push({ text: words, thought: true, ...(signature !== undefined && { thoughtSignature: signature }) });
    if (call !== undefined) this.#signatures.set(call.id, { signature: call.signature, path });
  }

  /** A signature may also come on a part whose text is empty. */
  #signText({ length, signature }: { readonly length: number; readonly signature: string }, path: string): void {
    if (length === 0) this.#parts.push({ text: '', thoughtSignature: signature });
    else if (this.#text?.text.length === length) this.#text.thoughtSignature = signature;
    else this.#noteLost(path);
  }

  #noteLost(path: string): void {
    const reason = 'What the state belongs to is no longer as the model said it.';
    this.#encoding.losses.dropped(path, 'reasoning_state', reason);
  }
}
