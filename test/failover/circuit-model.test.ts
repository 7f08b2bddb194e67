import { expect } from 'chai';
import fc from 'fast-check';
import { Circuit } from '../../src/failover/circuit.ts';
import type { Admission, CircuitSettings } from '../../src/failover/index.ts';
import { ReferenceCircuit, TELLINGS, type Telling, type Ticket } from './support/reference-circuit.ts';
import { RUNS } from './support/runs.ts';

interface Real {
  readonly circuit: Circuit;
  readonly admissions: Admission[];
}

interface Model {
  readonly circuit: ReferenceCircuit;
  /** One for each admission, in the same order. */
  readonly tickets: Ticket[];
  now: number;
}

type Command = fc.Command<Model, Real>;

function command(name: string, act: (model: Model, real: Real) => void): Command {
  return {
    check: () => true,
    run: (model, real) => {
      act(model, real);
      const { circuit, now } = model;
      expect(real.circuit.stateAt(now), 'state').to.equal(circuit.state(now));
      expect(real.circuit.remainingMs(now), 'remaining time').to.equal(circuit.remaining(now));
      expect(real.circuit.isPassable(now), 'passable').to.equal(circuit.admits(now));
      expect(real.circuit.opened, 'openings').to.equal(circuit.openings);
    },
    toString: () => name,
  };
}

const admit = (): Command =>
  command('admit', (model, real) => {
    const admission = real.circuit.admit(() => model.now);
    const ticket = model.circuit.admit(model.now);
    expect(admission !== undefined, 'admitted').to.equal(ticket !== undefined);
    if (!admission || !ticket) return;
    real.admissions.push(admission);
    model.tickets.push(ticket);
  });

/** Also of calls that have ended already, and of those that were let through long ago. */
const tell = (back: number, telling: Telling): Command =>
  command(`${telling} the call ${back} before the last`, (model, real) => {
    const at = real.admissions.length - 1 - back;
    const ticket = model.tickets[at];
    if (!ticket) return;
    real.admissions[at]?.[telling]();
    model.circuit.tell(ticket, telling, model.now);
  });

const pass = (milliseconds: number): Command =>
  command(`${milliseconds} ms pass`, (model) => {
    model.now += milliseconds;
  });

const configure = (settings: CircuitSettings): Command =>
  command(`configure ${JSON.stringify(settings)}`, (model, real) => {
    real.circuit.configure(settings);
    model.circuit.configure(settings);
  });

const settings = fc.record<CircuitSettings>({
  failureThreshold: fc.constantFrom(0, 0, 1, 2, 4),
  failureRatio: fc.constantFrom(0, 0.25, 0.5, 0.75, 1),
  minimumCalls: fc.nat(7),
  windowMs: fc.constantFrom(100, 1_000, 2_000),
  recoveryMs: fc.nat(500),
  maximumRecoveryMs: fc.nat(1_500),
});

const commands = fc.commands(
  [
    fc.constant(admit()),
    fc.constant(admit()),
    fc.tuple(fc.nat(6), fc.constantFrom(...TELLINGS)).map(([back, telling]) => tell(back, telling)),
    fc.tuple(fc.nat(3), fc.constantFrom<Telling>('fail', 'succeed')).map(([back, telling]) => tell(back, telling)),
    fc.nat(700).map(pass),
    fc.nat(30).map(pass),
    fc.nat(30).map(pass),
    settings.map(configure),
  ],
  { maxCommands: 120, size: 'max' },
);

describe('a circuit, whatever happens to its calls', () => {
  it('is in the state of an obviously right one', () => {
    fc.assert(
      fc.property(settings, commands, (first, script) => {
        fc.modelRun(
          () => ({
            model: { circuit: new ReferenceCircuit(first), tickets: [], now: 0 },
            real: { circuit: new Circuit(first), admissions: [] },
          }),
          script,
        );
      }),
      RUNS,
    );
  });
});
