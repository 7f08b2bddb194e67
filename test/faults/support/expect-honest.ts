import { expect } from 'chai';
import { saidIn, typesOf } from './check-answer.ts';
import type { Answer } from './client.ts';
import { EVERYTHING, type Content } from './dialects/dialect.ts';
import { expectBroken, expectContent } from './expect-answer.ts';

/**
 * Expects what a cut may leave: the complete answer, a refusal where nothing had been said yet, or a beginning of the
 * answer and one `error`, in which no block is closed whose end never came.
 */
export function expectHonest(answer: Answer, content: Content = EVERYTHING): void {
  if (answer.status !== 200) {
    expect([500, 502, 503, 504, 529], answer.body).to.include(answer.status);
    return;
  }
  if (typesOf(answer.events).includes('message_stop') || answer.events.length === 0) {
    expectContent(answer, content);
    return;
  }
  expectBroken(answer);
  const full = [content.thinking, content.text, content.tool?.pieces].flatMap((pieces) => pieces?.join('') ?? []);
  for (const [index, expected] of full.entries()) {
    const events = answer.events.filter((event) => event['index'] === index);
    const { thinking, text, input } = saidIn(events);
    const said = thinking + text + input;
    expect(expected.startsWith(said), `${JSON.stringify(said)} begins ${JSON.stringify(expected)}`).to.equal(true);
    if (typesOf(events).includes('content_block_stop')) expect(said).to.equal(expected);
  }
}
