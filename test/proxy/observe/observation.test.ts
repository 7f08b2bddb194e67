import { expect } from 'chai';
import { Counters } from '../../../src/proxy/counters.ts';
import type { LogEntry } from '../../../src/proxy/log.ts';
import { failoversOf } from '../../../src/proxy/observe/failovers.ts';
import { Observation } from '../../../src/proxy/observe/observation.ts';
import { attempt, FAILED_OVER, report } from './support/report.ts';

describe('what is observed of finished exchanges', () => {
  let observed: Observation;
  let counters: Counters;
  let lines: LogEntry[];
  beforeEach(() => {
    counters = new Counters();
    lines = [];
    observed = new Observation({
      log: (entry) => lines.push(entry),
      counters,
      breakers: () => [],
      droppedLines: () => 0,
      droppedReports: () => 0,
    });
  });
  afterEach(() => observed.close());

  it('is counted for the profile that was asked, and tokens for the one that answered', () => {
    observed.take(FAILED_OVER);
    observed.take(report({ fault: 'aborted' }));
    observed.take(report({ fault: 'timeout' }));
    expect(counters.of('primary')).to.deep.include({
      requests: 3,
      errors: 1,
      attempts: 4,
      failovers: 1,
      input_tokens: 0,
      losses: 2,
    });
    expect(counters.of('third')).to.include({
      requests: 0,
      attempts: 1,
      failovers: 0,
      input_tokens: 100,
      output_tokens: 20,
    });
    expect(counters.of('second')).to.include({ attempts: 0 });
  });

  it('is one line in the log, and one for each attempt at debug', () => {
    observed.take(FAILED_OVER);
    expect(lines.map(({ level, event }) => `${level} ${event}`)).to.deep.equal([
      ...Array<string>(4).fill('debug attempt'),
      'info exchange',
    ]);
    expect(lines.at(-1)).to.deep.include({
      request_id: 'req_1',
      profile: 'primary',
      served_by: 'third',
      calls: 3,
      losses: { top_k: 2 },
      first_event_ms: 300,
      longest_gap_ms: 40,
      milliseconds: 1_000,
      attempts: FAILED_OVER.attempts,
    });
  });

  it('gives percentiles of the last 256 durations, without those of clients that hung up', () => {
    expect(observed.latencies.of('primary')).to.deep.equal({ p50_ms: null, p99_ms: null });
    for (let n = 0; n < 100; n += 1) observed.take(report({ duration_ms: 1_000_000 }));
    for (let n = 256; n >= 1; n -= 1) observed.take(report({ duration_ms: n }));
    observed.take(report({ duration_ms: 5_000_000, fault: 'aborted' }));
    expect(observed.latencies.of('primary')).to.deep.equal({ p50_ms: 128, p99_ms: 254 });
  });

  it('takes a step to another profile for a failover where that profile was called', () => {
    expect(failoversOf(report())).to.deep.equal([]);
    expect(failoversOf(FAILED_OVER)).to.deep.equal([{ from: 'primary', to: 'third' }]);
    const passedOver = report({ attempts: [attempt({ outcome: 'passed-over' }), attempt({ profile: 'second' })] });
    expect(failoversOf(passedOver)).to.deep.equal([{ from: 'primary', to: 'second' }]);
    const failing = { outcome: 'failed' } as const;
    const chain = report({
      attempts: [attempt(failing), attempt({ ...failing, profile: 'b' }), attempt({ profile: 'c' })],
    });
    expect(failoversOf(chain)).to.deep.equal([
      { from: 'primary', to: 'b' },
      { from: 'b', to: 'c' },
    ]);
  });
});
