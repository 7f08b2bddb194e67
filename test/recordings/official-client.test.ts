import { expect } from 'chai';
import Anthropic from '@anthropic-ai/sdk';
import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import type { CanonicalEvent } from '@claudex/sdk';
import { parseSse, runMachine } from '@claudex/sdk/testing';
import { sseText } from '../../src/proxy/answer/sse-text.ts';
import { decode, readStream, RECORDED, REST } from './support/recorded-streams.ts';

describe('the official client', () => {
  for (const recorded of RECORDED) {
    for (const file of recorded.streams) {
      it(`accepts what ${file} becomes`, async () => {
        const events = decode(recorded, parseSse([readStream(file), REST]));
        const last = events.at(-1);
        const reading = finalMessage(events);
        if (last?.type === 'error') {
          const failure = await reading.then(
            () => undefined,
            (error: unknown) => error,
          );
          expect(failure).to.be.instanceOf(Anthropic.AnthropicError);
          return;
        }
        const { content, stop_reason: reason, usage } = await reading;
        const texts = content.map((block) => (block.type === 'text' ? block.text : ''));
        expect(texts.join('')).to.equal(textOf(events));
        expect(content.filter(({ type }) => type === 'tool_use').length).to.equal(callsIn(events));
        expect(reason).to.be.a('string');
        expect(usage.output_tokens).to.be.at.least(0);
      });
    }
  }

  if (RECORDED.every(({ streams }) => streams.length === 0)) it.skip('needs the recordings');
});

/** Reads a stream with the strict helper, which throws for whatever is not as the vendor sends it. */
function finalMessage(events: readonly CanonicalEvent[]): Promise<Anthropic.Message> {
  const { client: codec } = anthropicMessages;
  if (!codec) throw new Error('the protocol has no client side');
  const body = runMachine(codec.encodeStream(), events).map(sseText).join('');
  const answer = (): Promise<Response> =>
    Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
  const client = new Anthropic({ apiKey: 'unused', maxRetries: 0, fetch: answer });
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: 'hi' }];
  return client.messages.stream({ model: 'm', max_tokens: 1024, messages }).finalMessage();
}

function textOf(events: readonly CanonicalEvent[]): string {
  return events
    .map((event) => {
      if (event.type === 'content_block_start')
        return event.content_block.type === 'text' ? event.content_block.text : '';
      return event.type === 'content_block_delta' && event.delta.type === 'text_delta' ? event.delta.text : '';
    })
    .join('');
}

function callsIn(events: readonly CanonicalEvent[]): number {
  return events.filter((event) => event.type === 'content_block_start' && event.content_block.type === 'tool_use')
    .length;
}
