import { expect } from 'chai';
import fc from 'fast-check';
import { OutcomeWindow } from '../../src/failover/outcome-window.ts';
import { RUNS } from './support/runs.ts';

describe('a window of outcomes', () => {
  it('counts calls and failures, and forgets them by tenths of its length', () => {
    const window = new OutcomeWindow(1_000);
    window.add(0, true);
    window.add(99, false);
    window.add(100, true);
    expect(window.at(100)).to.deep.equal({ calls: 3, failures: 2 });
    expect(window.at(999)).to.deep.equal({ calls: 3, failures: 2 });
    expect(window.at(1_000)).to.deep.equal({ calls: 1, failures: 1 });
    expect(window.at(1_100)).to.deep.equal({ calls: 0, failures: 0 });
  });

  it('does not mistake an old tenth for the new one in its place', () => {
    const window = new OutcomeWindow(1_000);
    for (let call = 0; call < 5; call += 1) window.add(50, true);
    window.add(1_050, false);
    expect(window.at(1_050)).to.deep.equal({ calls: 1, failures: 0 });
    window.add(1_000_050, true);
    expect(window.at(1_000_050)).to.deep.equal({ calls: 1, failures: 1 });
  });

  it('never forgets what is younger than nine tenths, and never counts what is older than its length', () => {
    const steps = fc.array(fc.record({ after: fc.nat(400), isFailure: fc.boolean() }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 3_000 }), steps, (length, calls) => {
        const window = new OutcomeWindow(length);
        const times: number[] = [];
        let now = 0;
        for (const { after, isFailure } of calls) {
          window.add((now += after), isFailure);
          times.push(now);
          const within = (milliseconds: number): number => times.filter((time) => now - time < milliseconds).length;
          expect(window.at(now).calls).to.be.within(within(length * 0.9), within(length));
        }
      }),
      RUNS,
    );
  });

  it('works with a length of nothing', () => {
    const window = new OutcomeWindow(0);
    window.add(5, true);
    expect(window.at(5)).to.deep.equal({ calls: 1, failures: 1 });
    expect(window.at(50)).to.deep.equal({ calls: 0, failures: 0 });
  });
});
