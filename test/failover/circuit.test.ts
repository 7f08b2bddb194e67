import { expect } from 'chai';
import { Circuit } from '../../src/failover/circuit.ts';
import type { Admission, CircuitSettings } from '../../src/failover/index.ts';
import { settings } from './support/settings.ts';

describe('a circuit', () => {
  let now: number;
  beforeEach(() => (now = 0));

  const make = (more: Partial<CircuitSettings> = {}): Circuit => new Circuit(settings(more));

  function admit(circuit: Circuit): Admission {
    const admission = circuit.admit(() => now);
    if (!admission) throw new Error('the circuit let nothing through');
    return admission;
  }

  function fail(circuit: Circuit, times: number): void {
    for (let time = 0; time < times; time += 1) admit(circuit).fail();
  }

  it('opens with so many failures in a row, and a success between them begins anew', () => {
    const circuit = make();
    fail(circuit, 2);
    admit(circuit).succeed();
    fail(circuit, 2);
    expect(circuit.stateAt(now)).to.equal('closed');
    fail(circuit, 1);
    expect(circuit.stateAt(now)).to.equal('open');
    expect(circuit.admit(() => now)).to.equal(undefined);
    expect(circuit.remainingMs(now)).to.equal(1_000);
    expect(circuit.opened).to.equal(1);
  });

  it('takes what was refused or broken off neither for a failure nor for a success', () => {
    const circuit = make();
    fail(circuit, 2);
    for (let time = 0; time < 20; time += 1) {
      admit(circuit).refuse();
      admit(circuit).abandon();
    }
    expect(circuit.stateAt(now)).to.equal('closed');
    fail(circuit, 1);
    expect(circuit.stateAt(now)).to.equal('open');
  });

  it('opens with so large a share of failures, but not before enough calls have ended', () => {
    const circuit = make({ failureThreshold: 0, failureRatio: 0.5, minimumCalls: 4 });
    admit(circuit).succeed();
    fail(circuit, 2);
    expect(circuit.stateAt(now)).to.equal('closed');
    admit(circuit).succeed();
    expect(circuit.stateAt(now)).to.equal('closed');
    fail(circuit, 1);
    expect(circuit.stateAt(now)).to.equal('open');
  });

  it('forgets what is older than its window', () => {
    const circuit = make({ failureThreshold: 0, failureRatio: 0.5, minimumCalls: 4, windowMs: 1_000 });
    fail(circuit, 3);
    now = 1_000;
    fail(circuit, 3);
    expect(circuit.stateAt(now)).to.equal('closed');
    fail(circuit, 1);
    expect(circuit.stateAt(now)).to.equal('open');
  });

  it('lets one call through when its time is up, and closes when that one succeeds', () => {
    const circuit = make();
    fail(circuit, 3);
    now = 999;
    expect(circuit.admit(() => now)).to.equal(undefined);
    now = 1_000;
    expect(circuit.stateAt(now)).to.equal('half-open');
    const probe = admit(circuit);
    for (let time = 0; time < 100; time += 1) expect(circuit.admit(() => now)).to.equal(undefined);
    expect(circuit.stateAt(now)).to.equal('half-open');
    probe.succeed();
    expect(circuit.stateAt(now)).to.equal('closed');
    fail(circuit, 2);
    expect(circuit.stateAt(now)).to.equal('closed');
  });

  it('closes as soon as the answer to its probe has begun', () => {
    const circuit = make();
    fail(circuit, 3);
    now = 1_000;
    const probe = admit(circuit);
    probe.commit();
    expect(circuit.stateAt(now)).to.equal('closed');
    // How the answer ends belongs to a time that is over.
    probe.fail();
    fail(circuit, 2);
    expect(circuit.stateAt(now)).to.equal('closed');
  });

  it('stays open twice as long after each probe that fails, up to its limit', () => {
    const circuit = make();
    fail(circuit, 3);
    for (const wait of [1_000, 2_000, 4_000, 4_000]) {
      expect(circuit.remainingMs(now)).to.equal(wait);
      now += wait;
      admit(circuit).fail();
    }
    expect(circuit.opened).to.equal(5);
    now += 4_000;
    admit(circuit).succeed();
    fail(circuit, 3);
    expect(circuit.remainingMs(now)).to.equal(1_000);
  });

  it('never stays open longer than its limit, not even the first time', () => {
    const circuit = make({ recoveryMs: 9_000 });
    fail(circuit, 3);
    expect(circuit.remainingMs(now)).to.equal(4_000);
  });

  it('lets the next call probe when the one before was broken off', () => {
    const circuit = make();
    fail(circuit, 3);
    now = 1_000;
    admit(circuit).abandon();
    expect(circuit.stateAt(now)).to.equal('half-open');
    admit(circuit).refuse();
    expect(circuit.stateAt(now)).to.equal('closed');
  });

  it('takes only the first of several endings', () => {
    const circuit = make();
    const admission = admit(circuit);
    for (let time = 0; time < 5; time += 1) admission.fail();
    expect(circuit.stateAt(now)).to.equal('closed');
    admission.succeed();
    fail(circuit, 2);
    expect(circuit.stateAt(now)).to.equal('open');
  });

  it('does not listen to calls that it let through before it opened', () => {
    const circuit = make();
    const late = [admit(circuit), admit(circuit), admit(circuit)];
    fail(circuit, 3);
    late[0]?.succeed();
    late[1]?.fail();
    expect(circuit.remainingMs(now)).to.equal(1_000);
    expect(circuit.opened).to.equal(1);
    now = 1_000;
    const probe = admit(circuit);
    late[2]?.fail();
    expect(circuit.stateAt(now)).to.equal('half-open');
    probe.succeed();
    expect(circuit.stateAt(now)).to.equal('closed');
  });

  it('keeps its failures in a row when it gets other settings', () => {
    const circuit = make();
    fail(circuit, 2);
    circuit.configure(settings({ windowMs: 1_000 }));
    fail(circuit, 1);
    expect(circuit.stateAt(now)).to.equal('open');
  });

  it('lets everything through once it is switched off', () => {
    const circuit = make();
    fail(circuit, 3);
    circuit.configure(settings({ failureThreshold: 0 }));
    expect(circuit.stateAt(now)).to.equal('closed');
    fail(circuit, 50);
    expect(circuit.stateAt(now)).to.equal('closed');
  });
});
