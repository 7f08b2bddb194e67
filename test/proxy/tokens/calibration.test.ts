import { expect } from 'chai';
import fc from 'fast-check';
import { Calibration, refined, UNFITTED, type Fit } from '../../../src/proxy/tokens/calibration.ts';

const after = (...pairs: readonly [ours: number, exact: number][]): Fit =>
  pairs.reduce((fit, [ours, exact]) => refined(fit, ours, exact), UNFITTED);

describe('a fit', () => {
  it('takes the ratio and the error of the first pair', () => {
    expect(after([1_000, 1_250])).to.deep.equal({ ratio: 1.25, error: 0.2, pairs: 1 });
  });

  it('has the mean ratio of the first five pairs, and then follows slowly', () => {
    const five = after([1_000, 800], [1_000, 900], [1_000, 1_000], [1_000, 1_100], [1_000, 1_200]);
    expect(five.ratio).to.be.closeTo(1, 1e-9);
    expect(refined(five, 1_000, 2_000).ratio).to.be.closeTo(1.2, 1e-9);
  });

  it('states the error that its own predictions had', () => {
    const steady = after(...Array.from({ length: 40 }, () => [1_000, 1_500] as [number, number]));
    expect(steady.ratio).to.be.closeTo(1.5, 1e-9);
    expect(steady.error).to.be.lessThan(0.001);
  });

  it('learns nothing from small prompts and from figures that are none', () => {
    for (const [ours, exact] of [
      [199, 400],
      [1_000, 0],
      [1_000, -5],
      [Number.NaN, 5],
      [1_000, Number.NaN],
    ] as const)
      // prettier-ignore
      expect(after([ours, exact])).to.equal(UNFITTED);
  });

  it('stays within bounds whatever it is told', () => {
    const figure = fc.double({ min: 1, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(figure, figure), { minLength: 1 }), (pairs) => {
        const { ratio, error } = after(...pairs);
        expect(ratio).to.be.within(0.25, 4);
        if (error !== undefined) expect(error).to.be.at.least(0);
      }),
    );
  });
});

describe('a calibration', () => {
  it('keeps keys apart and knows nothing of a new one', () => {
    const calibration = new Calibration();
    calibration.learn('a m', 1_000, 2_000);
    expect(calibration.of('a m').ratio).to.equal(2);
    expect(calibration.of('b m')).to.equal(UNFITTED);
  });

  it('forgets the key that was not learnt about for longest', () => {
    const calibration = new Calibration();
    for (let index = 0; index < 256; index += 1) calibration.learn(`key ${index}`, 1_000, 2_000);
    calibration.learn('key 0', 1_000, 2_000);
    calibration.learn('one more', 1_000, 2_000);
    expect(calibration.of('key 1')).to.equal(UNFITTED);
    expect(calibration.of('key 0').pairs).to.equal(2);
    expect(calibration.of('one more').pairs).to.equal(1);
  });
});
