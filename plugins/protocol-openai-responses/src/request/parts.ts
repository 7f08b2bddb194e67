import type { ResponsesInputPart } from '../wire.ts';

/** A text part. */
export function text(value: string): ResponsesInputPart {
  return { type: 'input_text', text: value };
}

/** Joins parts for the wire: one string where there is only text, which every server takes, else the list. */
export function flattenParts(parts: readonly ResponsesInputPart[]): string | ResponsesInputPart[] {
  const [only] = parts;
  if (parts.length === 1 && only?.type === 'input_text') return only.text;
  const texts: string[] = [];
  for (const part of parts) {
    if (part.type !== 'input_text') return [...parts];
    texts.push(part.text);
  }
  return texts.join('\n');
}
