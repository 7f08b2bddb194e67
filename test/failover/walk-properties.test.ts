import { expect } from 'chai';
import fc from 'fast-check';
import { retryAfterMs, type Fault, type FaultKind } from '@claudex/sdk';
import { judge, OUR_BUG, OVER_OUR_LIMIT, PROXY_STOPS, type Admission } from '../../src/failover/index.ts';
import { RUNS } from './support/runs.ts';
import { fault, target, World, type NamedTarget } from './support/world.ts';

const KINDS = [
  ...([
    'invalid-request',
    'authentication',
    'permission',
    'billing',
    'not-found',
    'too-large',
    'context-overflow',
  ] as const),
  ...([
    'rate-limit',
    'overloaded',
    'server',
    'timeout',
    'connection',
    'protocol',
    'refused-redirect',
    'aborted',
  ] as const),
] satisfies readonly FaultKind[];

/** Waits as providers, and plugins with a bug, may ask for them. */
const wait = fc.oneof(
  fc.integer({ min: 0, max: 15_000 }),
  fc.constantFrom(0, -1, -0, Number.NaN, Infinity, -Infinity, 1e308, 5e-324, Number.MAX_SAFE_INTEGER),
  fc.double(),
);

const anyFault: fc.Arbitrary<Fault> = fc
  .record(
    {
      kind: fc.constantFrom(...KINDS),
      status: fc.constantFrom(200, 400, 401, 402, 404, 408, 409, 413, 425, 429, 500, 503, 529),
      retryable: fc.boolean(),
      retryAfterMs: wait,
      code: fc.constantFrom(OUR_BUG, OVER_OUR_LIMIT, PROXY_STOPS, 'insufficient_quota'),
      maximumTokens: fc.nat(1_000_000),
      promptTokens: fc.nat(1_000_000),
    },
    { requiredKeys: ['kind'] },
  )
  .map(({ kind, ...more }) => fault(kind, more));

const chain: fc.Arbitrary<readonly NamedTarget[]> = fc
  .array(
    fc.record({
      credential: fc.nat(2),
      contextWindow: fc.option(fc.constantFrom(100_000, 200_000, 1_000_000), { nil: undefined }),
      failureThreshold: fc.nat(3),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((list) =>
    list.map(({ credential, contextWindow, failureThreshold }, index) =>
      target(String(index), { credentialKey: `${credential}`, contextWindow, breaker: { failureThreshold } }),
    ),
  );

const limits = fc.record({
  maxAttempts: fc.integer({ min: 1, max: 6 }),
  maxWaitMs: fc.constantFrom(0, 500, 10_000),
  budget: fc.constantFrom(0, 0.2, 5),
});

/** What happens to a call: how it ends, and what other requests do to the same target meanwhile. */
const turn = fc.record({
  ending: fc.oneof({ weight: 6, arbitrary: anyFault }, { weight: 1, arbitrary: fc.constant('done' as const) }),
  isUnfit: fc.boolean(),
  othersFail: fc.nat(4),
  lasts: fc.nat(3_000),
});

/** An admission that counts how often it took effect. */
function counting(admission: Admission): { readonly admission: Admission; readonly endings: () => number } {
  let endings = 0;
  const counted = (end: 'succeed' | 'fail' | 'refuse' | 'abandon') => (): void => {
    endings += 1;
    admission[end]();
  };
  return {
    endings: () => endings,
    admission: {
      commit: () => admission.commit(),
      succeed: counted('succeed'),
      fail: counted('fail'),
      refuse: counted('refuse'),
      abandon: counted('abandon'),
    },
  };
}

describe('any walk along any chain', () => {
  it('ends within its limits, ends each call once, and calls nobody whose circuit is open', () => {
    fc.assert(
      fc.property(
        chain,
        limits,
        fc.array(turn, { minLength: 40, maxLength: 40 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (targets, limit, turns, draw) => {
          const world = new World();
          world.draw = draw;
          const walk = world.walk(targets, limit);
          let [calls, waited, steps] = [0, 0, 0];
          const script = [...turns];
          for (let step = walk.next(); step.kind !== 'give-up'; step = walk.next()) {
            expect((steps += 1), 'steps').to.be.below(200);
            const { ending, isUnfit, othersFail, lasts } = script.shift() ?? turns[0] ?? expect.fail('no turn');
            if (step.kind === 'wait') {
              expect(step.waitMs).to.be.within(0, limit.maxWaitMs);
              world.now += step.waitMs;
              waited += step.waitMs;
            } else {
              expect(world.openMs(step.target), 'time that its circuit is open').to.equal(0);
              const { admission, endings } = counting(step.admission);
              world.now += lasts;
              if (ending === 'done') {
                admission.succeed();
                return;
              }
              if (isUnfit) walk.unfit(step.target, ending, admission);
              else walk.failed(step.target, ending, admission);
              expect(endings(), 'endings').to.equal(1);
              if (!isUnfit) calls += 1;
              expect(calls).to.be.at.most(limit.maxAttempts);
              if (!isUnfit && judge(ending).isOver) expect(walk.next().kind).to.equal('give-up');
            }
            failOthers(world, targets[steps % targets.length], othersFail);
          }
          expect(waited).to.be.at.most(limit.maxWaitMs);
        },
      ),
      RUNS,
    );
  });
});

/** Other requests call a target, too, and fail there. */
function failOthers({ circuits, clock }: World, other: NamedTarget | undefined, times: number): void {
  if (!other) return;
  for (let time = 0; time < times; time += 1)
    circuits.of(other.circuitKey, other.label, other.circuit).admit(clock)?.fail();
}

describe('any headers', () => {
  const value = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.double().map(String),
    fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
  );

  it('are read as a wait that is finite and not negative, or as none', () => {
    const headers = fc.record({ 'retry-after': value, 'retry-after-ms': value, date: value }, { requiredKeys: [] });
    fc.assert(
      fc.property(headers, (given) => {
        const read = retryAfterMs(given);
        if (read === undefined) return;
        expect(read).to.be.at.least(0);
        expect(Number.isFinite(read)).to.equal(true);
      }),
      RUNS,
    );
  });
});
