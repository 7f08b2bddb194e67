import type { Protocol, SseEvent } from '@claudex/sdk';
import { sseText } from '../../src/proxy/answer/sse-text.ts';
import { clientCodec, contextOf } from './context.ts';

/** Takes what is written for one read of the upstream. */
export type Sink = (text: string) => void;

/** The upstream's events → canonical events → the client's text, as the proxy does it, one write per read. */
export function translateStream(protocol: Protocol, reads: readonly (readonly SseEvent[])[], sink: Sink): void {
  const decoder = protocol.decodeStream(contextOf());
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
