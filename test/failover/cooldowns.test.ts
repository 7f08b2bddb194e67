import { expect } from 'chai';
import { Cooldowns } from '../../src/failover/index.ts';

const LONGEST = 300_000;
const NOW = 1_700_000_000_000;

describe('cooldowns', () => {
  let kept: [key: string, until: number][];
  let cooldowns: Cooldowns;
  beforeEach(() => {
    kept = [];
    cooldowns = new Cooldowns((key, until) => kept.push([key, until]));
  });

  it('leave a target alone for as long as it asked, and only that one', () => {
    cooldowns.start('a', NOW, 2_000);
    expect(cooldowns.remainingMs('a', NOW + 500)).to.equal(1_500);
    expect(cooldowns.remainingMs('a', NOW + 2_000)).to.equal(0);
    expect(cooldowns.remainingMs('b', NOW)).to.equal(0);
  });

  it('are never shortened by a later answer', () => {
    cooldowns.start('a', NOW, 30_000);
    cooldowns.start('a', NOW + 1_000, 1_000);
    expect(cooldowns.remainingMs('a', NOW + 1_000)).to.equal(29_000);
    cooldowns.start('a', NOW + 1_000, 60_000);
    expect(cooldowns.remainingMs('a', NOW + 1_000)).to.equal(60_000);
    expect(kept).to.deep.equal([
      ['a', NOW + 30_000],
      ['a', NOW + 61_000],
    ]);
  });

  it('last five minutes at most, whatever a provider says', () => {
    for (const [key, wait] of [
      ['year', 31_536_000_000],
      ['for ever', Infinity],
    ] as const) {
      cooldowns.start(key, NOW, wait);
      expect(cooldowns.remainingMs(key, NOW)).to.equal(LONGEST);
    }
  });

  it('do not begin with a wait that is none', () => {
    for (const wait of [0, -1, -Infinity, Number.NaN]) cooldowns.start('a', NOW, wait);
    expect(cooldowns.remainingMs('a', NOW)).to.equal(0);
    expect(kept).to.deep.equal([]);
  });

  it('are taken over from an earlier process, which is not told to keep them again', () => {
    cooldowns.restore('a', NOW + 10_000);
    cooldowns.restore('damaged', Number.NaN);
    expect(cooldowns.remainingMs('a', NOW)).to.equal(10_000);
    expect(cooldowns.remainingMs('damaged', NOW)).to.equal(0);
    expect(kept).to.deep.equal([]);
  });

  it('do not last longer because the clock was set back', () => {
    cooldowns.start('a', NOW, 10_000);
    const yesterday = NOW - 86_400_000;
    expect(cooldowns.remainingMs('a', yesterday)).to.equal(LONGEST);
    expect(cooldowns.remainingMs('a', yesterday + LONGEST - 1)).to.equal(1);
    expect(cooldowns.remainingMs('a', yesterday + LONGEST)).to.equal(0);
  });

  it('are forgotten when there are too many, first those that end first', () => {
    cooldowns.start('soon', NOW, 1_000);
    for (let key = 0; key < 1_024; key += 1) cooldowns.start(String(key), NOW, 2_000 + key);
    expect(cooldowns.remainingMs('soon', NOW)).to.equal(0);
    expect(cooldowns.remainingMs('0', NOW)).to.equal(2_000);
    cooldowns.start('one more', NOW, 60_000);
    expect(cooldowns.remainingMs('0', NOW)).to.equal(0);
    expect(cooldowns.remainingMs('one more', NOW)).to.equal(60_000);
  });
});
