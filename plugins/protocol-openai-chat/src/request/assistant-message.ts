import type { ToolUseBlock } from '@claudex/sdk';
import { mendedJson, noteBlockOrder } from '@claudex/sdk/codec';
import { ReasoningDetails } from '../answer/reasoning-details.ts';
import type { ChatAssistantMessage, ChatTextPart, ChatThinkingPart, ChatToolCall } from '../wire.ts';
import type { Encoding } from './encoding.ts';
import { flattenParts, text } from './parts.ts';
import type { ReplayedReasoning } from './replay.ts';

/** A call as it was sent: what the next turn needs to answer it. */
export interface IssuedCall {
  /** The id the client knows. */
  readonly id: string;
  readonly wireId: string;
  readonly wireName: string;
  /** Where the call stood in the request. */
  readonly path: string;
}

/** The assistant's turn on the wire; no message when nothing of it can be said. */
export interface EncodedAssistantTurn {
  readonly message?: ChatAssistantMessage;
  readonly calls: readonly IssuedCall[];
}

/** Puts one message of the assistant together. */
export class AssistantMessageWriter {
  readonly #encoding: Encoding;
  readonly #parts: (ChatTextPart | ChatThinkingPart)[] = [];
  readonly #calls = new Map<string, { issued: IssuedCall; wire: ChatToolCall }>();
  /** Fields beside the content that carry reasoning. */
  readonly #reasoning: Partial<ChatAssistantMessage> = {};
  /** A signature that came late is a block of its own in the history, but not an entry of its own. */
  #details: ReasoningDetails | undefined;
  readonly #ofCalls: Extract<ReplayedReasoning, { kind: 'call' }>[] = [];
  #tags = '';

  constructor(encoding: Encoding) {
    this.#encoding = encoding;
  }

  /** Adds to the text, which stands before all calls here. `path` is where it stood. */
  text(words: string, path: string): ChatTextPart {
    if (this.#calls.size > 0) noteBlockOrder(path, this.#encoding.losses);
    const part = text(words);
    this.#parts.push(part);
    return part;
  }

  call(block: ToolUseBlock, path: string): void {
    const { losses, ids, names } = this.#encoding;
    if (this.#calls.has(block.id)) {
      losses.dropped(
        path,
        'duplicate_tool_use',
        'A second call with the same id in one turn cannot be told from the first.',
      );
      return;
    }
    const json = mendedJson(block.input, path, losses);
    const wireId = ids.issue(block.id);
    const wireName = names.toWire(block.name);
    this.#calls.set(block.id, {
      issued: { id: block.id, wireId, wireName, path },
      wire: { id: wireId, type: 'function', function: { name: wireName, arguments: json } },
    });
  }

  reasoning(piece: ReplayedReasoning): void {
    const fields = this.#reasoning;
    switch (piece.kind) {
      case 'text':
        if (piece.field === 'content') this.#parts.push({ type: 'thinking', thinking: [text(piece.text)] });
        else if (piece.field === 'tags') this.#tags += piece.text;
        else fields[piece.field] = (fields[piece.field] ?? '') + piece.text;
        break;
      case 'details':
        this.#details ??= new ReasoningDetails();
        this.#details.add(piece.details);
        fields.reasoning_details = this.#details.toEntries();
        break;
      case 'opaque':
        fields.reasoning_opaque = piece.value;
        break;
      case 'call':
        this.#ofCalls.push(piece);
        break;
    }
  }

  finish(): EncodedAssistantTurn {
    this.#placeOnCalls();
    this.#placeTags();
    const content = flattenParts(this.#parts);
    const hasReasoning = Object.keys(this.#reasoning).length > 0;
    const { missingReasoning = 'omit' } = this.#encoding.context.quirks;
    const isMissing = !hasReasoning && !this.#reasonsInContent();
    const [first] = this.#calls.values();
    if (first === undefined) {
      if (content === '' && !hasReasoning) return { calls: [] };
      const words: ChatAssistantMessage = { role: 'assistant', content, ...this.#reasoning };
      if (isMissing && missingReasoning === 'always') this.#standIn(words, 'messages');
      return { message: words, calls: [] };
    }
    const calls = [...this.#calls.values()];
    const message: ChatAssistantMessage = {
      role: 'assistant',
      content: content === '' ? null : content,
      ...this.#reasoning,
      tool_calls: calls.map(({ wire }) => wire),
    };
    if (isMissing && missingReasoning !== 'omit') this.#standIn(message, first.issued.path);
    return { message, calls: calls.map(({ issued }) => issued) };
  }

  #reasonsInContent(): boolean {
    return this.#tags !== '' || this.#parts.some((part) => part.type === 'thinking');
  }

  #placeOnCalls(): void {
    for (const { call, value, path } of this.#ofCalls) {
      const target = this.#calls.get(call);
      if (target === undefined)
        this.#encoding.losses.dropped(path, 'foreign_thinking', 'The call that this state belongs to is gone.');
      else target.wire.extra_content = value;
    }
  }

  #placeTags(): void {
    if (this.#tags === '') return;
    const tagged = `<think>${this.#tags}</think>`;
    const [first] = this.#parts;
    if (first?.type === 'text') first.text = `${tagged}\n\n${first.text}`;
    else this.#parts.unshift(text(tagged));
  }

  /** DeepSeek and others refuse messages without the field of their reasoning, but take an empty one. */
  #standIn(message: ChatAssistantMessage, path: string): void {
    const { quirks } = this.#encoding.context;
    message[quirks.reasoningReplay === 'reasoning' ? 'reasoning' : 'reasoning_content'] = '';
    this.#encoding.losses.once('adjusted', path, 'missing_reasoning', 'Reasoning that was lost is sent as empty text.');
  }
}
