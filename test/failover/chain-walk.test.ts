import { expect } from 'chai';
import type { Fault, FaultKind } from '@claudex/sdk';
import { OUR_BUG, PROXY_STOPS } from '../../src/failover/index.ts';
import { fault, target, World } from './support/world.ts';

const A = target('a');
const B = target('b');
const C = target('c');
const many = (kind: FaultKind, more: Partial<Fault> = {}): Fault[] =>
  Array.from({ length: 9 }, () => fault(kind, more));

describe('the walk along a chain', () => {
  let world: World;
  let passed: string[];
  beforeEach(() => {
    world = new World();
    passed = [];
  });

  it('asks the first target alone where it answers', () => {
    expect(world.serve(world.walk([A, B]), {})).to.deep.equal(['a', 'done']);
  });

  for (const kind of ['overloaded', 'server', 'timeout', 'connection', 'protocol', 'rate-limit'] as const) {
    it(`asks everybody once in order, without a wait, and then again: ${kind}`, () => {
      const faults = { a: many(kind), b: many(kind), c: many(kind) };
      const steps = world.serve(world.walk([A, B, C], { maxAttempts: 5, budget: 9 }), faults);
      expect(steps.join(', ')).to.equal(`a, b, c, wait 500, a, wait 1000, a, ${kind}`);
    });
  }

  for (const kind of ['billing', 'not-found', 'refused-redirect'] as const) {
    it(`asks the next target, but never the same again: ${kind}`, () => {
      expect(world.serve(world.walk([A, B]), { a: many(kind) })).to.deep.equal(['a', 'b', 'done']);
      expect(world.serve(world.walk([A]), { a: many(kind) })).to.deep.equal(['a', kind]);
    });
  }

  for (const kind of ['invalid-request', 'permission', 'too-large', 'aborted'] as const) {
    it(`asks nobody else: ${kind}`, () => {
      expect(world.serve(world.walk([A, B]), { a: many(kind) })).to.deep.equal(['a', kind]);
    });
  }

  it('goes on with those before a backup that finds something wrong with the request', () => {
    const faults = { a: [fault('overloaded', { status: 529 })], b: many('invalid-request', { status: 400 }) };
    expect(world.serve(world.walk([A, B]), faults)).to.deep.equal(['a', 'b', 'wait 500', 'a', 'done']);
  });

  it('goes on with those before a backup that finds the prompt too long', () => {
    const faults = { a: [fault('overloaded')], b: many('context-overflow') };
    expect(world.serve(world.walk([A, B]), faults)).to.deep.equal(['a', 'b', 'wait 500', 'a', 'done']);
  });

  it('tells of the overload and not of what its backup lacked', () => {
    const faults = { a: many('overloaded', { status: 529 }), b: many('not-found', { status: 404 }) };
    expect(world.serve(world.walk([A, B]), faults)).to.deep.equal(['a', 'b', 'wait 500', 'a', 'overloaded']);
  });

  for (const over of [fault('aborted'), fault('overloaded', { code: PROXY_STOPS })]) {
    it(`ends when nobody waits any more: ${over.code ?? over.kind}`, () => {
      const walk = world.walk([A, B, C], { maxAttempts: 9 });
      const faults = { a: many('server', { status: 500 }), b: [over] };
      expect(world.serve(walk, faults)).to.deep.equal(['a', 'b', over.kind]);
    });
  }

  it('asks a backup with another key after 401, and passes over one with the same', () => {
    const same = target('same', { credentialKey: A.credentialKey });
    const walk = world.walk([A, same, B], {}, passed);
    expect(world.serve(walk, { a: many('authentication', { status: 401 }) })).to.deep.equal(['a', 'b', 'done']);
    expect(passed).to.deep.equal(['same: same-credential']);
  });

  it('asks only larger windows when the prompt is too long', () => {
    const small = target('small', { contextWindow: 100_000 });
    const unknown = target('unknown');
    const equal = target('equal', { contextWindow: 200_000 });
    const large = target('large', { contextWindow: 1_000_000 });
    const first = target('first', { contextWindow: 200_000 });
    const walk = world.walk([first, small, unknown, equal, large], {}, passed);
    expect(world.serve(walk, { first: many('context-overflow') })).to.deep.equal(['first', 'large', 'done']);
    expect(passed).to.deep.equal(['small', 'unknown', 'equal'].map((name) => `${name}: window-too-small`));
  });

  it('believes the figures of the provider about the prompt and the window', () => {
    const first = target('first');
    const backup = target('backup', { contextWindow: 200_000 });
    const serve = (more: Partial<Fault>): string[] =>
      world.serve(world.walk([first, backup]), { first: [fault('context-overflow', more)] });
    expect(serve({ promptTokens: 150_000, maximumTokens: 128_000 })).to.include('backup');
    expect(serve({ promptTokens: 250_000, maximumTokens: 128_000 })).not.to.include('backup');
    expect(serve({ maximumTokens: 200_000 })).not.to.include('backup');
  });

  it('calls so often in all, and at least once', () => {
    const faults = { a: many('server'), b: many('server') };
    expect(world.serve(world.walk([A, B], { maxAttempts: 1 }), faults)).to.deep.equal(['a', 'server']);
    expect(world.serve(world.walk([A, B], { maxAttempts: 0 }), faults)).to.deep.equal(['a', 'server']);
    expect(world.serve(world.walk([A, B, C], { maxAttempts: 2 }), faults)).to.deep.equal(['a', 'b', 'server']);
  });

  it('waits as long as a target asked, where that fits', () => {
    const overloaded = world.serve(world.walk([A]), { a: [fault('overloaded', { retryAfterMs: 2_000 })] });
    expect(overloaded.join(', ')).to.equal('a, wait 2000, a, done');
    const limited = world.serve(world.walk([B]), { b: many('rate-limit', { status: 429, retryAfterMs: 6_000 }) });
    expect(limited.join(', ')).to.equal('b, wait 6000, b, rate-limit');
  });

  for (const retryAfterMs of [Number.NaN, -1, -Infinity]) {
    it(`waits as if nothing had been asked where that makes no sense: ${retryAfterMs}`, () => {
      for (const kind of ['overloaded', 'rate-limit'] as const) {
        const steps = world.serve(world.walk([A]), { a: [fault(kind, { retryAfterMs })] });
        expect(steps.join(', ')).to.equal('a, wait 500, a, done');
      }
    });
  }

  it('waits no longer in all than it may', () => {
    const walk = world.walk([A], { maxAttempts: 9, maxWaitMs: 1_700 });
    expect(world.serve(walk, { a: many('overloaded') })).to.deep.equal([
      'a',
      'wait 500',
      'a',
      'wait 1000',
      'a',
      'overloaded',
    ]);
    expect(world.serve(world.walk([B], { maxWaitMs: 0 }), { b: many('server') })).to.deep.equal(['b', 'server']);
  });

  it('repeats nothing without a budget, but asks the backups', () => {
    const faults = { a: many('server'), b: many('server') };
    expect(world.serve(world.walk([A], { budget: 0 }), faults)).to.deep.equal(['a', 'server']);
    expect(world.serve(world.walk([A, B], { budget: 0, maxAttempts: 9 }), faults)).to.deep.equal(['a', 'b', 'server']);
  });

  it('shares the budget with all requests', () => {
    const one = (): string[] => world.serve(world.walk([A], { maxAttempts: 2 }), { a: many('rate-limit') });
    for (let request = 0; request < 3; request += 1) {
      world.now = 0;
      expect(one()).to.deep.equal(['a', 'wait 500', 'a', 'rate-limit']);
    }
    expect(one()).to.deep.equal(['a', 'rate-limit']);
    world.now = 20_000;
    expect(one()).to.include('wait 500');
  });

  describe('with a target that asked for a pause', () => {
    beforeEach(() => {
      const asked = { a: [fault('rate-limit', { status: 429, retryAfterMs: 30_000 })] };
      expect(world.serve(world.walk([A]), asked)).to.deep.equal(['a', 'rate-limit']);
    });

    it('asks its backup at once', () => {
      expect(world.serve(world.walk([A, B], {}, passed), {})).to.deep.equal(['b', 'done']);
      expect(passed).to.deep.equal(['a: cooling-down']);
    });

    it('tells how long it still lasts, without a call', () => {
      world.now = 12_500;
      const step = world.walk([A]).next();
      expect(step).to.have.nested.property('fault.retryAfterMs', 17_500);
      expect(step).to.have.nested.property('fault.status', 429);
    });

    it('waits for its end where that fits', () => {
      world.now = 29_900;
      expect(world.serve(world.walk([A], { maxAttempts: 1 }), {})).to.deep.equal(['wait 100', 'a', 'done']);
    });

    it('waits for its end when all backups fail', () => {
      world.now = 29_000;
      expect(world.serve(world.walk([A, B]), { b: many('not-found') })).to.deep.equal(['b', 'wait 1000', 'a', 'done']);
    });

    it('does not call it when it was asked for more while it waited', () => {
      world.now = 22_000;
      const walk = world.walk([A]);
      expect(walk.next()).to.deep.equal({ kind: 'wait', waitMs: 8_000 });
      world.now = 30_000;
      world.cooldowns.start(A.circuitKey, world.wallClock(), 60_000);
      expect(walk.next()).to.have.nested.property('fault.retryAfterMs', 60_000);
    });

    it('calls it when a timer ended the wait a little early', () => {
      world.now = 20_000;
      const walk = world.walk([A]);
      expect(walk.next()).to.deep.equal({ kind: 'wait', waitMs: 10_000 });
      world.now = 29_999;
      expect(walk.next()).to.have.property('kind', 'call');
    });
  });

  describe('with a circuit that is open', () => {
    beforeEach(() => {
      expect(world.serve(world.walk([A]), { a: many('server') })).to.have.lengthOf(6);
      expect(world.openMs(A)).to.equal(1_000);
    });

    it('asks the backup at once', () => {
      expect(world.serve(world.walk([A, B], {}, passed), {})).to.deep.equal(['b', 'done']);
      expect(passed).to.deep.equal(['a: breaker-open']);
    });

    it('calls nobody without one, and tells when it can be tried again', () => {
      world.now += 400;
      const step = world.walk([A], {}, passed).next();
      expect(step).to.have.nested.property('fault.status', 529);
      expect(step).to.have.nested.property('fault.retryAfterMs', 1_000);
      expect(passed).to.deep.equal(['a: breaker-open']);
    });

    it('lets one of many requests through when its time is up', () => {
      world.now += 1_000;
      const steps = Array.from({ length: 50 }, () => world.walk([A]).next());
      expect(steps.filter(({ kind }) => kind === 'call')).to.have.lengthOf(1);
    });
  });

  it('does not call a target whose circuit has opened while it waited', () => {
    const walk = world.walk([A, B], { maxAttempts: 9 });
    for (const _target of [A, B]) {
      const step = walk.next();
      if (step.kind === 'call') walk.failed(step.target, fault('server'), step.admission);
    }
    expect(walk.next()).to.deep.equal({ kind: 'wait', waitMs: 500 });
    for (let failure = 0; failure < 2; failure += 1)
      world.serve(world.walk([A], { maxAttempts: 1 }), { a: many('server') });
    expect(world.openMs(A)).to.equal(1_000);
    expect(walk.next(), 'the other one').to.deep.equal({ kind: 'wait', waitMs: 500 });
    world.now += 500;
    expect(walk.next()).to.have.nested.property('target.name', 'b');
  });

  it('keeps no probe for a request that waits', () => {
    const walk = world.walk([A]);
    const first = walk.next();
    if (first.kind === 'call') walk.failed(A, fault('overloaded', { retryAfterMs: 5_000 }), first.admission);
    for (let failure = 0; failure < 2; failure += 1)
      world.serve(world.walk([A], { maxAttempts: 1 }), { a: many('server') });
    world.now += 1_000;
    expect(walk.next()).to.deep.equal({ kind: 'wait', waitMs: 5_000 });
    expect(world.serve(world.walk([A]), {}), 'another request').to.deep.equal(['a', 'done']);
  });

  it('counts no call to a target that cannot serve the request', () => {
    const walk = world.walk([A, B, C], { maxAttempts: 1 });
    for (const unfit of [fault('server', { code: OUR_BUG }), fault('invalid-request')]) {
      const step = walk.next();
      if (step.kind === 'call') walk.unfit(step.target, unfit, step.admission);
    }
    expect(world.serve(walk, {})).to.deep.equal(['c', 'done']);
    expect([A, B].map((each) => world.openMs(each))).to.deep.equal([0, 0]);
  });
});
