import { isJsonObject } from '@claudex/sdk';
import type { ChatAnswer, ChatContentPart } from '../wire.ts';
import type { ReasoningField } from './reasoning-state.ts';

/** Takes a piece of reasoning and where it came from. */
interface ReasoningSink {
  thinking(text: string, field: ReasoningField): void;
}

/**
 * Reads reasoning that stands in a field of its own. Providers mirror one text in several fields, so the first that has
 * any is taken and the others are left alone.
 */
export function readPlainReasoning(answer: ChatAnswer, sink: ReasoningSink): void {
  const { reasoning_content: content, reasoning, reasoning_text: text } = answer;
  if (typeof content === 'string' && content !== '') sink.thinking(content, 'reasoning_content');
  else if (typeof reasoning === 'string' && reasoning !== '') sink.thinking(reasoning, 'reasoning');
  else if (typeof text === 'string' && text !== '') sink.thinking(text, 'reasoning_text');
  else if (isJsonObject(reasoning) && typeof reasoning['content'] === 'string' && reasoning['content'] !== '')
    sink.thinking(reasoning['content'], 'reasoning');
}

/** The text of a thinking part in a content array: a string, or parts of its own. */
export function thinkingPartText(part: ChatContentPart): string {
  const inner = part.thinking ?? part['summary'];
  if (typeof inner === 'string') return inner;
  if (!Array.isArray(inner)) return '';
  let text = '';
  for (const piece of inner as unknown[]) {
    if (typeof piece === 'string') text += piece;
    else if (isJsonObject(piece) && typeof piece['text'] === 'string') text += piece['text'];
  }
  return text;
}
