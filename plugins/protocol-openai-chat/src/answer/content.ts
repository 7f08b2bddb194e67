import { isJsonObject } from '@claudex/sdk';
import type { ChatAnswer } from '../wire.ts';
import type { ReasoningField } from './reasoning-state.ts';
import { thinkingPartText } from './reasoning.ts';

/** Takes the parts of an answer in order. */
interface ContentSink {
  text(text: string): void;
  thinking(text: string, field: ReasoningField): void;
}

/** Reads a list of content parts in order. Parts that are neither text nor reasoning are passed over. */
export function readContent(content: NonNullable<Exclude<ChatAnswer['content'], string>>, sink: ContentSink): void {
  for (const part of content) {
    if (typeof part === 'string') {
      if (part !== '') sink.text(part);
    } else if (isJsonObject(part)) {
      if (part.type === 'thinking' || part.type === 'reasoning') {
        const text = thinkingPartText(part);
        if (text !== '') sink.thinking(text, 'content');
      } else if (typeof part.text === 'string' && part.text !== '') {
        sink.text(part.text);
      }
    }
  }
}
