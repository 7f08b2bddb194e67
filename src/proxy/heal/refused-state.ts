import { createHash } from 'node:crypto';
import { isJsonObject } from '@claudex/sdk';

/** A message in canonical form or on Anthropic's wire: state stands in both in the same places. */
interface WithContent {
  readonly content?: unknown;
}

/** A short name for a piece of state, under which it is remembered. */
export function stateName(state: string): string {
  return createHash('sha256').update(state).digest('base64url').slice(0, 22);
}

/** The names of all state that messages bring along. */
export function stateNamesOf(messages: readonly WithContent[]): string[] {
  return messages
    .flatMap(({ content }) => (Array.isArray(content) ? content.map(stateOf) : []))
    .flatMap((state) => (state === undefined || state === '' ? [] : [stateName(state)]));
}

/**
 * Messages without the reasoning whose state is refused, and without turns that had nothing else; `undefined` when nothing
 * of that kind is there. Reasoning that nobody signed has an empty state.
 */
export function withoutState<Message extends WithContent>(
  messages: readonly Message[],
  isRefused: (state: string) => boolean,
): Message[] | undefined {
  let isChanged = false;
  const left = messages.flatMap((message) => {
    const { content } = message;
    if (!Array.isArray(content)) return [message];
    const kept = content.filter((block: unknown) => {
      const state = stateOf(block);
      return state === undefined || !isRefused(state);
    });
    if (kept.length === content.length) return [message];
    isChanged = true;
    return kept.length === 0 ? [] : [{ ...message, content: kept }];
  });
  return isChanged ? left : undefined;
}

/**
 * The state in a block of reasoning, with the text it belongs to: providers without encryption have the same state in every
 * block. Empty for reasoning that nobody signed; `undefined` for every other block.
 */
function stateOf(block: unknown): string | undefined {
  if (!isJsonObject(block)) return undefined;
  const { type, signature, data, thinking } = block;
  if (type === 'redacted_thinking') return typeof data === 'string' ? data : '';
  if (type !== 'thinking') return undefined;
  return typeof signature === 'string' && signature !== '' ? `${signature} ${JSON.stringify(thinking)}` : '';
}
