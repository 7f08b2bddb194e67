import { expect } from 'chai';
import type { Fault, FaultKind } from '@claudex/sdk';
import { pickFault, unavailable } from '../../src/failover/final-fault.ts';

const fault = (kind: FaultKind, status?: number, retryable = false): Fault => ({
  kind,
  message: `${kind}.`,
  retryable,
  ...(status !== undefined && { status }),
});

const OVERLOADED = fault('overloaded', 529, true);
const LIMITED = fault('rate-limit', 429, true);
const UNREACHABLE = fault('connection', undefined, true);
const WRONG_KEY = fault('authentication', 401);
const NO_MODEL = fault('not-found', 404);
const TOO_LONG = fault('context-overflow', 400);

describe('the failure that the client is told', () => {
  it('is none when there was none', () => {
    expect(pickFault([])).to.equal(undefined);
  });

  const cases: readonly [title: string, faults: readonly Fault[], told: Fault][] = [
    ['the only one', [UNREACHABLE], UNREACHABLE],
    ['the last', [OVERLOADED, LIMITED], LIMITED],
    ['the last that an upstream had words for', [LIMITED, UNREACHABLE], LIMITED],
    ['the last where nobody had words', [fault('timeout', undefined, true), UNREACHABLE], UNREACHABLE],
    ['not the wrong key of a backup where the first may work again', [OVERLOADED, WRONG_KEY], OVERLOADED],
    ['not the missing model of a backup where the first may be reached again', [UNREACHABLE, NO_MODEL], UNREACHABLE],
    ['not the wrong key of a backup where a shorter conversation helps', [TOO_LONG, WRONG_KEY], TOO_LONG],
    ['the last that may pass', [OVERLOADED, LIMITED, WRONG_KEY, NO_MODEL], LIMITED],
    ['the last of several that are final', [WRONG_KEY, NO_MODEL], NO_MODEL],
    ['the wrong key where the backup is not there', [WRONG_KEY, UNREACHABLE], WRONG_KEY],
    ['the backup that may pass where the first may not', [WRONG_KEY, OVERLOADED], OVERLOADED],
  ];
  for (const [title, faults, told] of cases) {
    it(`is ${title}`, () => {
      expect(pickFault(faults)).to.equal(told);
    });
  }
});

describe('the failure when nobody can be asked', () => {
  const target = (profile: string, coolingMs: number, recoveringMs: number) => ({
    label: { profile, provider: 'p', model: 'm' },
    coolingMs,
    recoveringMs,
  });

  it('is a limited rate with the time that is left, where a target asked for a pause', () => {
    const told = unavailable([target('a', 27_400, 0)]);
    expect(told).to.include({ kind: 'rate-limit', status: 429, retryable: true, retryAfterMs: 27_400 });
    expect(told.message).to.equal('a: the rate limit is used up; try again in 28 s.');
  });

  it('is an overload where the circuits are open', () => {
    const told = unavailable([target('a', 0, 9_000), target('b', 0, 4_500)]);
    expect(told).to.include({ kind: 'overloaded', status: 529, retryable: true, retryAfterMs: 4_500 });
    expect(told.message).to.match(/^a, b: too many calls have failed.*try again in 5 s\.$/);
  });

  it('ends when the first target can be asked for both reasons', () => {
    expect(unavailable([target('a', 2_000, 8_000), target('b', 5_000, 0)])).to.include({ retryAfterMs: 5_000 });
  });

  it('never asks the client to come back at once', () => {
    expect(unavailable([target('a', 0, 0)])).to.include({ status: 529, retryAfterMs: 1_000 });
    expect(unavailable([target('a', 3, 0)])).to.include({ status: 429, retryAfterMs: 1_000 });
  });
});
