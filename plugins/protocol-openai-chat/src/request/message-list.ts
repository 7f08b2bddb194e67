import { NOTES, type LossLog } from '@claudex/sdk/codec';
import type { ChatMessage, ChatPart } from '../wire.ts';
import { flattenParts } from './parts.ts';

/** Collects messages, merges what the user says in a row into one, and keeps the assistant's apart. */
export class MessageList {
  readonly #losses: LossLog;
  readonly #messages: ChatMessage[] = [];
  #user: ChatPart[] = [];

  constructor(losses: LossLog) {
    this.#losses = losses;
  }

  /** The user says something; what follows in a row joins it. */
  user(part: ChatPart): void {
    this.#user.push(part);
  }

  add(message: ChatMessage): void {
    this.#flush();
    if (message.role === 'assistant' && this.#messages.at(-1)?.role === 'assistant') this.#separate();
    this.#messages.push(message);
  }

  /** The messages; where nobody said anything, one of the user that says so, because nobody answers none. */
  finish(): ChatMessage[] {
    this.#flush();
    if (this.#messages.length === 0) {
      this.#messages.push({ role: 'user', content: NOTES.emptyMessage });
      this.#losses.adjusted('messages', 'empty_conversation', 'A conversation that says nothing is filled in.');
    }
    return this.#messages;
  }

  #flush(): void {
    if (this.#user.length > 0) this.#messages.push({ role: 'user', content: flattenParts(this.#user) });
    this.#user = [];
  }

  /** Many chat templates refuse two messages of the assistant in a row, and merging would change what was sent. */
  #separate(): void {
    this.#messages.push({ role: 'user', content: NOTES.emptyMessage });
    this.#losses.once('adjusted', 'messages', 'empty_message', 'A message of the user that says nothing is filled in.');
  }
}
