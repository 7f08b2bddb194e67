import type { CanonicalEvent, ClientCodec, Machine } from '@claudex/sdk';
import { eventsOfBlock } from '@claudex/sdk/codec';
import type { SearchNotice } from './unavailable-notice.ts';

/** A client's codec that begins every answer it writes with a notice. */
export function openingWith(notice: SearchNotice, client: ClientCodec): ClientCodec {
  return {
    ...client,
    encodeResponse: (response) => client.encodeResponse({ ...response, content: [...notice, ...response.content] }),
    encodeStream() {
      const open = openingMachine(notice);
      const encoder = client.encodeStream();
      return {
        push: (event) => open.push(event).flatMap((each) => encoder.push(each)),
        end: () => encoder.end(),
      };
    },
  };
}

/** Puts the blocks of a notice between the start of an answer and its first block, and counts the others on. */
export function openingMachine(notice: SearchNotice): Machine<CanonicalEvent, CanonicalEvent> {
  const opening = notice.flatMap((block, index) => eventsOfBlock(block, index));
  return {
    push(event) {
      if (event.type === 'message_start') return [event, ...opening];
      return 'index' in event ? [{ ...event, index: event.index + notice.length }] : [event];
    },
    end: () => [],
  };
}
