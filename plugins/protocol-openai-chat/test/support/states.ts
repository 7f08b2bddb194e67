import type { CanonicalResponse, CodecContext, JsonObject, Quirks } from '@claudex/sdk';
import { openState, stateKey } from '@claudex/sdk/codec';
import { contextOf } from '@claudex/sdk/testing';

/** A context in which state can be sealed. */
export function keyedContext(quirks: Quirks = {}): CodecContext {
  return { ...contextOf({}, quirks), origin: 'somewhere' };
}

/** The blocks of an answer in short: reasoning with its opened state, texts, and the ids of calls. */
export function outlineOf({ content }: Pick<CanonicalResponse, 'content'>): unknown[] {
  return content.map((block) => {
    if (block.type === 'thinking') return [block.thinking, stateOf(block.signature)];
    if (block.type === 'text') return block.text;
    return block.type === 'tool_use' ? { id: block.id } : block.type;
  });
}

function stateOf(signature: string | undefined): JsonObject | string {
  const opened = openState(stateKey('openai-chat', keyedContext()), signature);
  return 'state' in opened ? opened.state : opened.refusal;
}
