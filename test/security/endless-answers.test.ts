import { expect } from 'chai';
import { waitUntil } from '../support/wait-until.ts';
import type { Script, Step } from '../faults/support/call.ts';
import { TEXT, wireEvent, type Dialect } from '../faults/support/dialects/dialect.ts';
import { question } from '../faults/support/client.ts';
import { FaultStage } from '../faults/support/fault-stage.ts';
import { chunk, streamHead } from '../faults/support/http-text.ts';
import { send } from '../faults/support/steps.ts';
import { DIALECTS } from '../faults/support/ways.ts';
import { askTail } from './support/ask-tail.ts';
import { CAN_LOOK_INSIDE, expectCheap, MIB } from './support/memory.ts';

const QUESTION = JSON.stringify(question(true));
const MOST_BYTES = 32 * MIB;
const TOTAL_BYTES = 1024 * MIB;
const PIECE_BYTES = 64 * 1024;

/** Fills a piece with repetitions. */
const many = (text: string): string => text.repeat(Math.ceil(PIECE_BYTES / text.length));
/** The event in which a dialect says a piece of text. */
const saying = (dialect: Dialect): string => dialect.events(TEXT).find((event) => event.includes('[1]')) ?? '';
const ping = (dialect: Dialect): string =>
  dialect.providerType === 'OpenAICompatible'
    ? wireEvent(undefined, { choices: [] })
    : wireEvent('ping', { type: 'ping' });

/** What never ends, by what it says first. */
const ENDLESS: { readonly [what: string]: (dialect: Dialect) => readonly [first: string, then: string] } = {
  'a line': () => ['data: {"id":"', 'x'.repeat(PIECE_BYTES)],
  'a line in the middle of an answer': (dialect) => [`${opening(dialect)}data: {"id":"`, 'x'.repeat(PIECE_BYTES)],
  'lines of one event': (dialect) => [opening(dialect), many(`data: ${'x'.repeat(1_000)}\n`)],
  'comments in the middle of an answer': (dialect) => [opening(dialect), many(': nothing\n\n')],
  pings: (dialect) => [opening(dialect), many(ping(dialect))],
  'pings before anything else': (dialect) => ['', many(ping(dialect))],
  'a text': (dialect) => [opening(dialect), many(saying(dialect))],
};

/** The beginning of an answer, up to its first words. */
function opening(dialect: Dialect): string {
  const events = dialect.events(TEXT);
  return events
    .slice(
      0,
      events.findIndex((event) => event.includes('[1]')),
    )
    .join('');
}

/** Sends this until the proxy hangs up. */
function endless(first: string, then: string): Script {
  const piece = chunk(then);
  const goOn: Step = async (call) => {
    for (
      let sent = 0;
      sent < TOTAL_BYTES && !call.socket.destroyed && call.closedAt() === undefined;
      sent += piece.length
    )
      await send(piece)(call);
  };
  return () => [send(streamHead()), ...(first === '' ? [] : [send(chunk(first))]), goOn];
}

describe('an answer that never ends', function () {
  this.timeout(60_000);
  const stage = new FaultStage({ retry: { max_attempts: 1 } });
  const cases = DIALECTS.flatMap((dialect) =>
    Object.entries(ENDLESS).map(([what, piecesOf]) => ({
      title: `${what} (${dialect.title})`,
      profile: stage.profile({ dialect, script: endless(...piecesOf(dialect)) }),
    })),
  );
  before(() => stage.start());
  after(() => stage.close());

  for (const { title, profile } of cases)
    it(`SEC-21: is ended, and cheap: ${title}`, async function () {
      if (!CAN_LOOK_INSIDE) return this.skip();
      await expectCheap(stage.proxy.pid, MOST_BYTES, async () => {
        const path = `/proxy/${profile.name}/v1/messages`;
        const { status, text } = await askTail(stage.proxy.port, path, stage.token, QUESTION);
        expect([200, 502], text).to.include(status);
        expect(text).to.match(/"type":"error","error":\{"type":"api_error","message":"[^"]*MiB[^"]*"\}/);
        expect(text).not.to.include('message_stop');
      });
      await waitUntil('the connection to the provider to end', () => profile.upstream.open() === 0, 5_000);
      expect(profile.calls).to.have.lengthOf(1);
      return undefined;
    });
});
