import { collectDefaultMetrics, Registry } from 'prom-client';
import type { ExchangeReport } from '../../state/index.ts';
import { addGauges, type GaugeSources } from './gauges.ts';
import { failoversOf } from './failovers.ts';
import { MetricSet } from './metric-set.ts';

/** From a quick small answer to a long one of a slow model, in seconds. */
const DURATIONS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800];

/** What tokens are counted under, by their name in a usage. */
const TOKEN_KINDS = [
  ['input_tokens', 'input'],
  ['output_tokens', 'output'],
  ['cache_read_input_tokens', 'cache_read'],
  ['cache_creation_input_tokens', 'cache_creation'],
] as const;

/** All metrics of one proxy, in a registry of their own. */
export class Exporter {
  readonly #registry = new Registry();
  readonly #count: (report: ExchangeReport) => void;
  #hasDefaults = false;

  constructor(sources: GaugeSources) {
    const metrics = new MetricSet(this.#registry);
    this.#count = counting(metrics);
    addGauges(metrics, sources);
  }

  /** Counts a finished exchange. */
  take(report: ExchangeReport): void {
    this.#count(report);
  }

  /** Everything in the text format of Prometheus. */
  async text(): Promise<string> {
    // Somebody who never asks should not pay for them.
    if (!this.#hasDefaults) addProcessMetrics(this.#registry);
    this.#hasDefaults = true;
    return this.#registry.metrics();
  }
}

/** Processor, memory and files of the process. What the library knows about Node beside them is left out: it is long. */
function addProcessMetrics(registry: Registry): void {
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 10_000 });
  for (const { name } of registry.getMetricsAsArray())
    if (name.startsWith('nodejs_')) registry.removeSingleMetric(name);
}

function counting(metrics: MetricSet): (report: ExchangeReport) => void {
  const requests = metrics.counter('claudex_requests_total', 'Finished requests', ['profile', 'status', 'stream']);
  const faults = metrics.counter('claudex_faults_total', 'Requests that failed, by what ended them', [
    'profile',
    'fault',
  ]);
  const attempts = metrics.counter('claudex_attempts_total', 'Targets that were tried or passed over', [
    'profile',
    'provider',
    'outcome',
    'reason',
  ]);
  const failovers = metrics.counter('claudex_failovers_total', 'Requests that went on to another profile', [
    'from',
    'to',
  ]);
  const tokens = metrics.counter('claudex_tokens_total', 'Tokens as providers counted them', ['profile', 'kind']);
  const losses = metrics.counter('claudex_losses_total', 'What a protocol could not carry', [
    'profile',
    'protocol',
    'feature',
    'kind',
  ]);
  const times = timing(metrics);
  return (report) => {
    const { profile, protocol, served_by: server = profile } = report;
    requests({ profile, status: String(report.status), stream: String(report.stream) });
    if (report.fault !== undefined) faults({ profile, fault: report.fault });
    for (const { profile, provider, outcome, reason = '' } of report.attempts)
      attempts({ profile, provider, outcome, reason });
    for (const step of failoversOf(report)) failovers(step);
    for (const [name, kind] of TOKEN_KINDS) {
      const amount = report.usage?.[name] ?? 0;
      if (amount > 0) tokens({ profile: server, kind }, amount);
    }
    for (const { feature, kind } of report.losses) losses({ profile, protocol, feature, kind });
    times(report);
  };
}

function timing(metrics: MetricSet): (report: ExchangeReport) => void {
  const durations = metrics.histogram(
    'claudex_request_duration_seconds',
    'From the request to the end of its answer',
    DURATIONS,
  );
  const firsts = metrics.histogram(
    'claudex_first_event_seconds',
    'From the request to the first event of its answer',
    DURATIONS,
  );
  const gaps = metrics.histogram(
    'claudex_stream_gap_seconds',
    'Longest silence of the provider inside a stream',
    DURATIONS,
  );
  return ({ profile, duration_ms, first_event_ms, longest_gap_ms }) => {
    durations({ profile }, duration_ms / 1000);
    if (first_event_ms !== undefined) firsts({ profile }, first_event_ms / 1000);
    if (longest_gap_ms !== undefined) gaps({ profile }, longest_gap_ms / 1000);
  };
}
