import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import type { SseEvent } from '@claudex/sdk';
import { sseText } from '../../src/proxy/sse-text.ts';
import { clientCodec, contextOf } from './context.ts';

/** Takes what is written for one read of the upstream. */
export type Sink = (text: string) => void;

/** Chat Completions → canonical events → the client's text, as the proxy does it, one write per read. */
export function translateStream(reads: readonly (readonly SseEvent[])[], sink: Sink): void {
  const decoder = openaiChat.decodeStream(contextOf());
  const encoder = clientCodec().encodeStream();
  for (const events of reads) {
    let text = '';
    for (const event of events) {
      for (const canonical of decoder.push(event)) {
        for (const written of encoder.push(canonical)) text += sseText(written);
      }
    }
    sink(text);
  }
}
