import { isJsonObject, type Json, type JsonObject } from '@claudex/sdk';
import { keptOfReasoning } from '../kept-fields.ts';
import type { ResponsesReasoning } from '../wire.ts';

/** What stands between two parts in the text of a thinking block. */
const SEPARATOR_LENGTH = 2;

/** A reasoning item as it was, and whether its text could be cut into the parts it came in. */
interface RebuiltReasoning {
  readonly item: ResponsesReasoning;
  readonly isExact: boolean;
}

/**
 * Puts a reasoning item together again from its sealed state and the text of its thinking block, which stands for the
 * summary or, where there was none, for the raw reasoning. Without its id: providers that store nothing do not find it.
 */
export function rebuildReasoning(state: JsonObject, thinking: string): RebuiltReasoning {
  const { encrypted, parts, raw, extra } = state;
  const item: ResponsesReasoning = { ...(isJsonObject(extra) && keptOfReasoning(extra)), type: 'reasoning' };
  const isRaw = hasLengths(raw);
  const lengths = lengthsOf(isRaw ? raw : parts);
  const texts = cutText(thinking, lengths);
  const typed = texts.map((text): Json => ({ type: isRaw ? 'reasoning_text' : 'summary_text', text }));
  if (isRaw) item['content'] = typed;
  else if (typed.length > 0) item['summary'] = typed;
  if (!Array.isArray(item['summary'])) item['summary'] = [];
  if (typeof encrypted === 'string' && encrypted !== '') item['encrypted_content'] = encrypted;
  return { item, isExact: texts.length === lengths.length };
}

/** Cuts a text at the lengths of its parts. One whole part where the client has changed the text. */
function cutText(text: string, lengths: readonly number[]): string[] {
  const total = lengths.reduce((sum, length) => sum + length, SEPARATOR_LENGTH * Math.max(0, lengths.length - 1));
  if (total !== text.length) return text === '' ? [] : [text];
  const parts: string[] = [];
  let start = 0;
  for (const length of lengths) {
    parts.push(text.slice(start, start + length));
    start += length + SEPARATOR_LENGTH;
  }
  return parts;
}

function hasLengths(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length > 0;
}

function lengthsOf(value: Json | undefined): number[] {
  return Array.isArray(value) ? value.filter((length): length is number => typeof length === 'number') : [];
}
