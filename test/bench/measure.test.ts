import { expect } from 'chai';
import { portion, QUICK } from '../../bench/measure/effort.ts';
import { runRounds, seriesOf } from '../../bench/measure/rounds.ts';
import { median, percentile } from '../../bench/measure/statistics.ts';
import { absolute, compare } from '../../bench/report/row.ts';
import { judge } from '../../bench/report/verdict.ts';
import { lineThrough } from '../../bench/measure/line.ts';

describe('the measuring of benches', () => {
  it('takes the middle of an odd number and the mean of the two in the middle of an even one', () => {
    expect(median([5, 1, 3])).to.equal(3);
    expect(median([10, 4, 1, 2])).to.equal(3);
    expect(() => median([])).to.throw('nothing');
  });

  it('takes percentiles by nearest rank', () => {
    const values = Array.from({ length: 101 }, (_, index) => 100 - index);
    expect([0, 0.5, 0.99, 1].map((share) => percentile(values, share))).to.deep.equal([0, 50, 99, 100]);
  });

  it('visits everybody once per round, forwards and backwards in turn, after a visit that does not count', async () => {
    const visits: string[] = [];
    const contestant = (name: string) => () => ({ visit: visits.push(name) });
    const samples = await runRounds({ a: contestant('a'), b: contestant('b') }, 3);
    expect(visits.join('')).to.equal('ababbaab');
    expect(seriesOf(samples, 'a', 'visit')).to.deep.equal([3, 6, 7]);
    expect(() => seriesOf(samples, 'c', 'visit')).to.throw('no visit of c');
    expect(() => seriesOf(samples, 'a', 'cpu')).to.throw('no cpu of a');
  });

  it('cuts a load down, but never to nothing', () => {
    expect(portion(100, QUICK)).to.equal(25);
    expect(portion(1, QUICK)).to.equal(1);
  });

  it('decides only what the noise of the run cannot have decided', () => {
    expect(judge(1, 1.3, 1.2)).to.equal('met');
    expect(judge(1.2, 1.3, 1.2)).to.equal('unresolved');
    expect(judge(1.5, 1.3, 1.2)).to.equal('unresolved');
    expect(judge(2, 1.3, 1.2)).to.equal('not met');
  });

  it('draws a line through points, and doubts it as far as they lie beside it', () => {
    expect(
      lineThrough([
        [0, 1],
        [1, 3],
        [2, 5],
      ]),
    ).to.deep.equal({ slope: 2, doubt: 0 });
    const { slope, doubt } = lineThrough([
      [0, 1],
      [1, 0],
      [2, 1],
      [3, 0],
      [4, 1],
    ]);
    expect(slope).to.be.closeTo(0, 1e-9);
    expect(doubt).to.be.within(0.3, 0.6);
    expect(() =>
      lineThrough([
        [0, 1],
        [1, 2],
      ]),
    ).to.throw('three points');
  });

  it('compares round by round, so that a slow round does not count as a slow contestant', () => {
    const samples = {
      ours: [{ cpu: 20 }, { cpu: 200 }, { cpu: 22 }],
      floor: [{ cpu: 10 }, { cpu: 100 }, { cpu: 10 }],
      again: [{ cpu: 8 }, { cpu: 110 }, { cpu: 10 }],
    };
    const row = compare(samples, {
      bench: 'b',
      key: 'cpu',
      measure: 'CPU',
      subject: 'ours',
      against: 'floor',
      control: ['floor', 'again'],
      target: 1.3,
    });
    expect(row).to.deep.include({ ours: 22, floor: 10, ratio: 2, target: 1.3, verdict: 'not met' });
    expect(row.control).to.deep.equal([0.8, 1.1]);
  });

  it('judges a figure without a floor by itself', () => {
    expect(absolute('memory', 'RSS', 80, 85).verdict).to.equal('met');
    expect(absolute('memory', 'RSS', 90, 85).verdict).to.equal('not met');
    expect(absolute('memory', 'RSS', 90)).to.not.have.property('verdict');
  });
});
