import { Agent } from 'node:http';
import { expect } from 'chai';
import { FaultStage } from '../faults/support/fault-stage.ts';
import { ask, expectError } from './support/ask.ts';

const TRIES = 10_000;
const AT_ONCE = 4;
/** A comparison that stops at the first difference would take nanoseconds longer: what is looked for is a blunder. */
const MOST_RATIO = 3;

describe('guessing the token', () => {
  const stage = new FaultStage();
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  before(() => stage.start());
  after(async () => {
    agent.destroy();
    await stage.close();
  });

  const withOther = (place: number): string => {
    const { token } = stage;
    return `${token.slice(0, place)}${token[place] === 'x' ? 'y' : 'x'}${token.slice(place + 1)}`;
  };
  const guess = async (token: string): Promise<number> => {
    const headers = { authorization: `Bearer ${token}` };
    const begun = performance.now();
    const heard = await ask(stage.proxy.port, '/status', { headers, agent });
    expectError(heard, 401, 'authentication_error');
    return performance.now() - begun;
  };

  // The comparison itself is of two digests by `timingSafeEqual`, which is seen in the guard and not from outside.
  it(`SEC-02: fails ${TRIES} times, and takes as long for a first as for a last wrong character`, async () => {
    const { length } = stage.token;
    const first: number[] = [];
    const last: number[] = [];
    const lane = async (): Promise<void> => {
      for (let n = 0; n < TRIES / AT_ONCE / 2; n += 1) {
        first.push(await guess(withOther(0)));
        last.push(await guess(withOther(length - 1)));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    expect(first.length + last.length).to.equal(TRIES);
    const ratio = medianOf(first) / medianOf(last);
    expect(Math.max(ratio, 1 / ratio)).to.be.lessThan(MOST_RATIO);
  });

  it('SEC-02: fails with one character more, less, other or in another case, and with the token of nobody', async () => {
    const { token } = stage;
    for (const wrong of [
      `${token}0`,
      `0${token}`,
      token.slice(1),
      token.slice(0, -1),
      token.toUpperCase(),
      '*',
      'undefined',
      'null',
    ])
      await guess(wrong);
    for (let place = 0; place < token.length; place += 1) await guess(withOther(place));
    const headers = { authorization: `Bearer ${token}` };
    expect((await ask(stage.proxy.port, '/status', { headers, agent })).status).to.equal(200);
  });
});

function medianOf(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}
