import { expect } from 'chai';
import { waitUntil } from '../support/wait-until.ts';
import { complete, sendEvents } from './support/answers.ts';
import type { Script } from './support/call.ts';
import { EVERYTHING } from './support/dialects/dialect.ts';
import { expectContent } from './support/expect-answer.ts';
import { FaultStage } from './support/fault-stage.ts';
import { forEach, marked, markOf, upTo } from './support/marked.ts';
import { CAN_LOOK_INSIDE, descriptorsOf, memoryOf, MIB } from './support/process-figures.ts';
import { stall } from './support/steps.ts';
import { DIALECTS } from './support/ways.ts';

const CYCLES = 1_000;
/** Until then caches fill, and the history keeps what it may keep. */
const WARM_UP = 2_000;
/** Room that a garbage collector may leave unused, in bytes: 5 % of such a small process is noise. */
const SLACK = 32 * MIB;

describe('FLT-45: a thousand answers that clients break off', function () {
  this.timeout(120_000);
  // A small nursery, so that garbage is not taken for a leak.
  const stage = new FaultStage({}, { environment: { NODE_OPTIONS: '--max-semi-space-size=2' } });
  const profiles = DIALECTS.map((dialect) => {
    const events = dialect.events(EVERYTHING);
    // Every third call is not even answered.
    const script: Script = (call) =>
      markOf(call) === 0
        ? complete(dialect, call)
        : markOf(call) % 3 === 0
          ? [stall]
          : [...sendEvents(events.slice(0, 7)), stall];
    return stage.profile({ dialect, script });
  });
  before(() => stage.start());
  after(() => stage.close());

  async function cycles(count: number): Promise<void> {
    await forEach(upTo(count), 16, async (n) => {
      const profile = profiles[n % profiles.length];
      const conversation = profile?.begin({ body: marked(true, n + 1) });
      if ((n + 1) % 3 !== 0) await conversation?.head;
      conversation?.abort();
      await conversation?.answer;
    });
    await waitUntil('every call to end', () => profiles.every(({ upstream }) => upstream.open() === 0), 20_000);
  }

  it('leave neither descriptors nor memory behind', async function () {
    if (!CAN_LOOK_INSIDE) return this.skip();
    await cycles(WARM_UP);
    const { pid } = stage.proxy;
    const [descriptors, memory] = [descriptorsOf(pid), memoryOf(pid)];
    await cycles(CYCLES);
    await waitUntil('the descriptors to be closed', () => descriptorsOf(pid) <= descriptors * 1.05 + 3, 20_000);
    expect(memoryOf(pid) - memory).to.be.lessThan(SLACK);
    for (const profile of profiles) {
      expectContent(await profile.ask({ body: marked(true, 0) }));
      expect(await profile.status()).to.include({ active: 0, breaker: 'closed' });
    }
    return undefined;
  });
});
