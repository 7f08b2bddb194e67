import { expect } from 'chai';
import { RetryBudget } from '../../src/failover/index.ts';

describe('the budget of repeats', () => {
  let budget: RetryBudget;
  beforeEach(() => (budget = new RetryBudget()));

  function take(share: number, now: number): number {
    let taken = 0;
    for (; taken < 1_000 && budget.allows(now, share); taken += 1) budget.spend(now);
    return taken;
  }

  it('is three where there are few requests', () => {
    budget.request(0);
    expect(take(0.2, 0)).to.equal(3);
  });

  it('is a share of the requests where there are many', () => {
    for (let request = 0; request < 100; request += 1) budget.request(0);
    expect(take(0.2, 0)).to.equal(20);
    expect(take(0.5, 0)).to.equal(30);
  });

  it('is nothing where the share is nothing, or makes no sense', () => {
    for (let request = 0; request < 100; request += 1) budget.request(0);
    expect(take(0, 0)).to.equal(0);
    expect(take(-1, 0)).to.equal(0);
    expect(take(Number.NaN, 0)).to.equal(0);
  });

  it('comes back when ten seconds have passed', () => {
    budget.request(0);
    expect(take(0.2, 0)).to.equal(3);
    expect(take(0.2, 8_999)).to.equal(0);
    expect(take(0.2, 10_000)).to.equal(3);
  });

  it('does not count requests of long ago', () => {
    for (let request = 0; request < 100; request += 1) budget.request(0);
    expect(take(0.2, 10_000)).to.equal(3);
  });
});
