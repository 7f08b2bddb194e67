import { isJsonObject } from '@claudex/sdk';
import { textOf } from '@claudex/sdk/codec';
import type { ChatAnswer, ChatContentPart, ChatReasoningDetail } from '../wire.ts';

/**
 * The reasoning text of a message or delta, `''` when there is none. Providers mirror one text in several
 * fields, so the first field that has any is taken and the others are left alone.
 */
export function reasoningText(answer: ChatAnswer): string {
  const { reasoning_content: content, reasoning } = answer;
  if (typeof content === 'string' && content !== '') return content;
  if (typeof reasoning === 'string' && reasoning !== '') return reasoning;
  if (isJsonObject(reasoning) && typeof reasoning['content'] === 'string') return reasoning['content'];
  if (typeof answer.reasoning_text === 'string' && answer.reasoning_text !== '') return answer.reasoning_text;
  const details = answer.reasoning_details;
  return Array.isArray(details) ? details.reduce((text, detail) => text + detailText(detail), '') : '';
}

/** Whether a message or delta carries reasoning in a form only its provider can read. */
export function hasReasoningState(answer: ChatAnswer): boolean {
  if (textOf(answer.reasoning_opaque) !== undefined) return true;
  const details = answer.reasoning_details;
  return (
    Array.isArray(details) &&
    details.some((detail) => textOf(detail?.data) !== undefined || textOf(detail?.signature) !== undefined)
  );
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

function detailText(detail: ChatReasoningDetail | null): string {
  if (detail?.type === 'reasoning.text') return textOf(detail.text) ?? '';
  if (detail?.type === 'reasoning.summary') return textOf(detail.summary) ?? '';
  return '';
}
