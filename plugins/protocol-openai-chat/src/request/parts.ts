import type { ChatPart, ChatTextPart, ChatThinkingPart } from '../wire.ts';

/** A text part. */
export function text(value: string): ChatTextPart {
  return { type: 'text', text: value };
}

/**
 * Joins parts for the wire: one string when there is only text, because many servers refuse lists of text. A part with
 * a cache breakpoint needs the list.
 */
export function flattenParts<Part extends ChatPart | ChatThinkingPart>(
  parts: readonly Part[],
  separator = '\n',
): string | Part[] {
  const [only] = parts;
  if (parts.length === 1 && only?.type === 'text' && only.cache_control === undefined) return only.text;
  const texts: string[] = [];
  for (const part of parts) {
    if (part.type !== 'text' || part.cache_control !== undefined) return [...parts];
    texts.push(part.text);
  }
  return texts.join(separator);
}
