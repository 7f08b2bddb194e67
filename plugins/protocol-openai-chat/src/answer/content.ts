import { isJsonObject } from '@claudex/sdk';
import type { ChatAnswer } from '../wire.ts';
import { thinkingPartText } from './reasoning.ts';

/** Reads a list of content parts in order. Parts that are neither text nor reasoning are passed over. */
export function readContent(
  content: NonNullable<Exclude<ChatAnswer['content'], string>>,
  onText: (text: string) => void,
  onThinking: (text: string) => void,
): void {
  for (const part of content) {
    if (typeof part === 'string') {
      if (part !== '') onText(part);
    } else if (isJsonObject(part)) {
      if (part.type === 'thinking' || part.type === 'reasoning') {
        const text = thinkingPartText(part);
        if (text !== '') onThinking(text);
      } else if (typeof part.text === 'string' && part.text !== '') {
        onText(part.text);
      }
    }
  }
}
