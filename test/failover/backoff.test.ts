import { expect } from 'chai';
import { backoffMs } from '../../src/failover/backoff.ts';

describe('the wait before a repeat', () => {
  it('doubles from half a second to eight', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map((repeat) => backoffMs(repeat, 1))).to.deep.equal([
      500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000,
    ]);
    expect(backoffMs(5_000, 1)).to.equal(8_000);
  });

  it('is anything below that, in whole milliseconds', () => {
    expect(backoffMs(3, 0)).to.equal(0);
    expect(backoffMs(3, 0.5)).to.equal(1_000);
    expect(backoffMs(1, 0.333_3)).to.equal(167);
  });
});
