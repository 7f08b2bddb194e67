import { isJsonObject } from '@claudex/sdk';
import type { ChatAnswer, ChatContentPart } from '../wire.ts';
import type { ReasoningField } from './reasoning-state.ts';

/** Takes a piece of reasoning and where it came from. */
interface ReasoningSink {
  thinking(text: string, field: ReasoningField): void;
  /** Some reasoning has a form that nobody here knows. */
  unknownReasoning(): void;
}

/** The fields that reasoning stands in, the most usual first. */
const FIELDS = ['reasoning_content', 'reasoning', 'reasoning_text'] as const;

/**
 * Reads reasoning that stands in a field of its own. Providers mirror one text in several fields, so the first that has
 * any is taken and the others are left alone.
 */
export function readPlainReasoning(answer: ChatAnswer, sink: ReasoningSink): void {
  let isUnknown = false;
  for (const field of FIELDS) {
    const value = answer[field];
    if (value === undefined || value === null || value === '') continue;
    const text = typeof value === 'string' ? value : textOfObject(value);
    if (text === undefined) isUnknown = true;
    else if (text !== '') {
      sink.thinking(text, field);
      return;
    }
  }
  if (isUnknown) sink.unknownReasoning();
}

/** The text of reasoning that is an object with one; `undefined` where it has none. */
function textOfObject(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return '';
  const { text, content } = value as { text?: unknown; content?: unknown };
  if (typeof text === 'string' && text !== '') return text;
  if (typeof content === 'string') return content;
  return typeof text === 'string' || Object.keys(value).length === 0 ? '' : undefined;
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
