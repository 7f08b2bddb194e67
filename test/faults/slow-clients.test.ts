import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { waitUntil } from '../support/wait-until.ts';
import { answering } from './support/answers.ts';
import type { Script, Step } from './support/call.ts';
import { TEXT, type Dialect } from './support/dialects/dialect.ts';
import { expectContent } from './support/expect-answer.ts';
import { FaultStage } from './support/fault-stage.ts';
import { chunk, LAST_CHUNK, streamHead } from './support/http-text.ts';
import { CAN_LOOK_INSIDE, memoryOf, MIB } from './support/process-figures.ts';
import { send } from './support/steps.ts';
import { DIALECTS } from './support/ways.ts';

/** Below the 64 MiB at which an answer is refused. */
const OFFERED = 48 * MIB;
const PIECE = 'x'.repeat(64 * 1024);
/** Kernels hold a few MiB per connection. */
const MOST_TAKEN = 24 * MIB;

/** An answer of one long text, and how many bytes of it the proxy has taken. */
function flood(dialect: Dialect): { readonly script: Script; readonly taken: () => number } {
  const events = dialect.events({ text: [PIECE] });
  const place = events.findIndex((event) => event.includes(PIECE));
  const piece = events[place] ?? '';
  let taken = 0;
  const bodies: Step[] = Array.from({ length: OFFERED / PIECE.length }, () => async (call) => {
    if (call.closedAt() !== undefined) return;
    await send(chunk(piece))(call);
    taken += piece.length;
  });
  const script: Script = () => [
    send(streamHead()),
    ...events.slice(0, place).map((event) => send(chunk(event))),
    ...bodies,
    // What says at its end what all of it was would be wrong.
    ...events
      .slice(dialect.providerType === 'OpenAIResponses' ? events.length : place + 1)
      .map((event) => send(chunk(event))),
    send(LAST_CHUNK),
  ];
  return { script, taken: () => taken };
}

describe('R20: a client that stops to read', function () {
  this.timeout(60_000);
  const stage = new FaultStage();
  const cases = DIALECTS.map((dialect) => {
    const { script, taken } = flood(dialect);
    return { dialect, taken, profile: stage.profile({ dialect, script }) };
  });
  const [first] = DIALECTS;
  const other = stage.profile({ dialect: first, script: answering(first, TEXT) });
  before(() => stage.start());
  after(() => stage.close());

  for (const { dialect, profile, taken } of cases)
    it(`stops the provider, and fills no memory (${dialect.title})`, async function () {
      if (!CAN_LOOK_INSIDE) return this.skip();
      await other.ask();
      const memory = memoryOf(stage.proxy.pid);
      const conversation = profile.begin();
      await conversation.head;
      conversation.pause();
      let before = -1;
      await waitUntil(
        'the provider to be stopped',
        async () => {
          before = taken();
          await wait(700);
          return taken() === before && before > 0;
        },
        30_000,
      );
      expect(taken()).to.be.lessThan(MOST_TAKEN);
      expect(memoryOf(stage.proxy.pid) - memory).to.be.lessThan(64 * MIB);
      expectContent(await other.ask(), TEXT);
      conversation.resume();
      await waitUntil('the provider to go on', () => taken() > before + MOST_TAKEN / 4, 30_000);
      conversation.abort();
      await waitUntil('the call to end', () => profile.upstream.open() === 0, 10_000);
      return undefined;
    });
});
