import { expect } from 'chai';
import { Circuits } from '../../src/failover/index.ts';
import { settings } from './support/settings.ts';

const KEPT = 1024;
const label = (profile: string) => ({ profile, provider: 'p', model: 'm' });

describe('the circuits of a proxy', () => {
  let now: number;
  let circuits: Circuits;
  beforeEach(() => {
    now = 0;
    circuits = new Circuits(() => now);
  });

  function open(key: string): void {
    for (let failure = 0; failure < 3; failure += 1)
      circuits
        .of(key, label(key), settings())
        .admit(() => now)
        ?.fail();
  }

  it('are one for each key, with the label and the settings that came last', () => {
    const circuit = circuits.of('a', label('first'), settings());
    circuit.admit(() => now)?.fail();
    expect(circuits.of('a', label('second'), settings({ failureThreshold: 2 }))).to.equal(circuit);
    circuit.admit(() => now)?.fail();
    expect(circuits.snapshot()).to.deep.equal([{ ...label('second'), state: 'open', remainingMs: 1_000, opened: 1 }]);
    expect(circuits.of('b', label('b'), settings())).not.to.equal(circuit);
  });

  it('show their states as time goes by', () => {
    open('a');
    now = 400;
    expect(circuits.snapshot()[0]).to.include({ state: 'open', remainingMs: 600 });
    now = 1_000;
    expect(circuits.snapshot()[0]).to.include({ state: 'half-open', remainingMs: 0 });
  });

  it('are forgotten when there are too many, first those that were used longest ago', () => {
    const first = circuits.of('0', label('0'), settings());
    const second = circuits.of('1', label('1'), settings());
    for (let key = 2; key < KEPT; key += 1) circuits.of(String(key), label(String(key)), settings());
    expect(circuits.of('0', label('0'), settings())).to.equal(first);
    circuits.of('one more', label('one more'), settings());
    expect(circuits.snapshot()).to.have.lengthOf(KEPT);
    expect(circuits.of('0', label('0'), settings())).to.equal(first);
    expect(circuits.of('1', label('1'), settings())).not.to.equal(second);
  });

  it('are not forgotten while they are open and there are closed ones', () => {
    open('bad');
    for (let key = 0; key < KEPT * 2; key += 1) circuits.of(String(key), label(String(key)), settings());
    expect(circuits.snapshot().filter(({ state }) => state === 'open')).to.have.lengthOf(1);
    now = 1_000;
    for (let key = 0; key < KEPT * 2; key += 1) circuits.of(`again ${key}`, label('again'), settings());
    expect(circuits.snapshot().filter(({ state }) => state === 'half-open')).to.have.lengthOf(1);
  });

  it('never are more than so many, even if all are open', () => {
    for (let key = 0; key < KEPT + 10; key += 1) open(String(key));
    expect(circuits.snapshot()).to.have.lengthOf(KEPT);
    // The one that was made last is there: it is needed right now.
    expect(circuits.snapshot().at(-1)).to.include({ profile: String(KEPT + 9), state: 'open' });
  });
});
