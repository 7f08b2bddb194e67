import { expect } from 'chai';
import type { CircuitSnapshot } from '../../../src/failover/index.ts';
import { Metrics } from '../../../src/proxy/observe/metrics.ts';
import { attempt, FAILED_OVER, report } from './support/report.ts';

describe('the metrics', () => {
  let breakers: CircuitSnapshot[] = [];
  const sources = {
    breakers: () => breakers,
    active: () => 3,
    droppedLines: () => 5,
    droppedReports: () => 6,
    loopDelay: () => ({ p50_s: 0.001, p99_s: 0.02, max_s: 0.3 }),
  };
  const metrics = (): Metrics => new Metrics(sources);
  const breaker = (more: Partial<CircuitSnapshot>): CircuitSnapshot => ({
    profile: 'primary',
    provider: 'acme',
    model: 'm',
    state: 'closed',
    remainingMs: 0,
    opened: 0,
    ...more,
  });

  async function linesAfter(...reports: readonly ReturnType<typeof report>[]): Promise<string[]> {
    const counted = metrics();
    for (const finished of reports) counted.take(finished);
    return (await counted.text()).split('\n');
  }

  it('count requests, attempts, failovers, tokens and losses', async () => {
    const lines = await linesAfter(FAILED_OVER, report({ stream: false, status: 502, fault: 'connection' }));
    expect(lines).to.include.members([
      'claudex_requests_total{profile="primary",status="200",stream="true"} 1',
      'claudex_requests_total{profile="primary",status="502",stream="false"} 1',
      'claudex_faults_total{profile="primary",fault="connection"} 1',
      'claudex_attempts_total{profile="primary",provider="acme",outcome="failed",reason="overloaded"} 2',
      'claudex_attempts_total{profile="second",provider="acme",outcome="passed-over",reason="breaker-open"} 1',
      'claudex_attempts_total{profile="third",provider="acme",outcome="answered",reason=""} 1',
      'claudex_failovers_total{from="primary",to="third"} 1',
      'claudex_tokens_total{profile="third",kind="input"} 100',
      'claudex_tokens_total{profile="third",kind="output"} 20',
      'claudex_tokens_total{profile="third",kind="cache_read"} 7',
      'claudex_losses_total{profile="primary",protocol="openai-chat",feature="top_k",kind="dropped"} 2',
    ]);
  });

  it('spread durations, first events and gaps, in seconds', async () => {
    const lines = await linesAfter(FAILED_OVER);
    expect(lines).to.include.members([
      'claudex_request_duration_seconds_bucket{le="0.5",profile="primary"} 0',
      'claudex_request_duration_seconds_bucket{le="1",profile="primary"} 1',
      'claudex_request_duration_seconds_sum{profile="primary"} 1',
      'claudex_first_event_seconds_sum{profile="primary"} 0.3',
      'claudex_stream_gap_seconds_sum{profile="primary"} 0.04',
    ]);
  });

  it('tell what is now: the worst breaker of a model, streams, dropped lines, the event loop and the process', async () => {
    breakers = [
      breaker({ state: 'open' }),
      breaker({ state: 'half-open' }),
      breaker({ model: 'other', state: 'half-open' }),
    ];
    const counted = metrics();
    const lines = (await counted.text()).split('\n');
    expect(lines).to.include.members([
      'claudex_breaker_state{profile="primary",model="m"} 2',
      'claudex_breaker_state{profile="primary",model="other"} 1',
      'claudex_streams_active 3',
      'claudex_log_dropped_total 5',
      'claudex_history_dropped_total 6',
      'claudex_event_loop_delay_seconds{quantile="0.99"} 0.02',
    ]);
    expect(lines.some((line) => line.startsWith('process_resident_memory_bytes '))).to.equal(true);
    breakers = [];
    expect(await counted.text()).not.to.include('claudex_breaker_state{');
  });

  it('go without their library where it is gone, and look for it again whenever somebody asks', async () => {
    let tries = 0;
    const counted = new Metrics(sources, () => {
      tries += 1;
      return tries <= 2 ? Promise.reject(new Error('gone')) : import('../../../src/proxy/observe/exporter.ts');
    });
    // Nobody asks for this attempt, so that its failure must be caught inside.
    for (let n = 0; n < 5_000; n += 1) counted.take(report({}));
    expect(tries).to.equal(1);
    await new Promise(setImmediate);
    const [asked] = await Promise.allSettled([counted.text()]);
    expect(asked).to.have.nested.property('reason.message', 'gone');
    counted.take(report({ profile: 'primary', status: 200, stream: true }));
    expect(await counted.text()).to.include('claudex_requests_total{profile="primary",status="200",stream="true"} 1\n');
    expect(tries).to.equal(3);
  });

  it('stay bounded, whatever names come', async () => {
    const strange = Array.from({ length: 6_000 }, (_, n) =>
      report({ profile: `profile-${n}`, attempts: [attempt({ reason: `${'x'.repeat(500)}${n}` })] }),
    );
    const lines = await linesAfter(...strange);
    expect(lines.filter((line) => line.startsWith('claudex_requests_total{'))).to.have.length(1_001);
    expect(lines).to.include('claudex_requests_total{profile="other",status="other",stream="other"} 5000');
    expect(lines.filter((line) => line.startsWith('claudex_request_duration_seconds')).length).to.be.below(1_100);
    expect(Math.max(...lines.map((line) => line.length))).to.be.below(400);
  });
});
