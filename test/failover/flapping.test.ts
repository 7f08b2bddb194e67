import { expect } from 'chai';
import { fault, target, World } from './support/world.ts';

const MINUTES = 10;
const EVERY_MS = 100;

/** Numbers from 0 to 1 that are the same in every run. */
function draws(): () => number {
  let state = 42;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}

/** Ten requests a second for ten minutes, to a provider of which every other call fails. */
function serveAll(names: readonly string[]): {
  readonly answered: number;
  readonly calls: number;
  readonly requests: number;
} {
  const world = new World();
  const draw = draws();
  const breaker = { failureRatio: 0.5, recoveryMs: 30_000, maximumRecoveryMs: 300_000 };
  const chain = names.map((name) => target(name, { breaker }));
  const requests = (MINUTES * 60_000) / EVERY_MS;
  let [answered, calls] = [0, 0];
  for (let request = 0; request < requests; request += 1) {
    world.now = request * EVERY_MS;
    world.draw = 0;
    const flaps = Array.from({ length: 9 }, () => draw() < 0.5);
    const failures = flaps.slice(0, Math.max(0, flaps.indexOf(false))).map(() => fault('server', { status: 500 }));
    const steps = world.serve(world.walk(chain), { flapping: failures });
    calls += steps.length - 1;
    if (steps.at(-1) === 'done') answered += 1;
  }
  return { answered, calls, requests };
}

describe('a provider of which every other call fails', () => {
  it('is hardly noticed with a healthy backup, and costs few calls more', () => {
    const { answered, calls, requests } = serveAll(['flapping', 'healthy']);
    expect(answered / requests).to.be.at.least(0.99);
    expect(calls / requests).to.be.at.most(1.2);
  });

  it('is not flooded with repeats where it has none', () => {
    const { calls, requests } = serveAll(['flapping']);
    expect(calls / requests).to.be.at.most(1.2);
  });
});
