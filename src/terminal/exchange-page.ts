import { printable } from '../config/index.ts';
import type { AttemptReport, ExchangeReport } from '../state/index.ts';
import { alignColumns } from './table.ts';
import { wrapTo } from './wrap-to.ts';

const MODEL_REASONS: { readonly [reason: string]: string } = {
  alias: 'an alias in the configuration',
  named: 'the profile names it',
  slot: "the profile's model for this family",
  default: "the profile's default model",
  'as-given': 'as the client asked for it',
  backup: 'what is asked of this backup',
};

const OUTCOMES: { readonly [outcome in AttemptReport['outcome']]: string } = {
  answered: 'answered',
  failed: 'failed',
  mended: 'refused a part, which was left out next',
  renewed: 'refused its login, which was renewed next',
  'passed-over': 'passed over',
};

/** Where a line goes on that a terminal does not hold. */
const INDENT = ' '.repeat(6);

/**
 * What became of one exchange, for people, in lines of at most `width` columns where that is given. Harmless for a terminal,
 * whoever wrote the names in it.
 */
export function exchangePage(report: ExchangeReport, width?: number): string[] {
  return [
    `Exchange ${report.request_id}`,
    ...table(routeOf(report)),
    '',
    `Attempts (${countOf(report.calls, 'call')} to providers)`,
    ...table(report.attempts.map(attemptRow)),
    ...lossesOf(report),
    '',
    'Usage',
    ...table(usageOf(report)),
    '',
    'Timing',
    ...table(timingOf(report)),
  ].flatMap((line) => wrapTo(printable(line), width, INDENT));
}

function routeOf(report: ExchangeReport): string[][] {
  const { profile, served_by, provider, protocol, asked, model, model_by } = report;
  return [
    ['asked', `${asked || 'no model'}, ${report.stream ? 'streamed' : 'not streamed'}, of profile ${profile}`],
    ['at', report.started_at],
    ['model', `${model} (${MODEL_REASONS[model_by] ?? model_by})`],
    ['provider', `${provider}, ${report.pass_through ? 'bytes passed on as' : 'translated to'} ${protocol}`],
    ['served by', served_by === undefined ? 'nobody' : `profile ${served_by}`],
    ['ended', endOf(report)],
    ...(report.session === undefined ? [] : [['session', report.session]]),
  ];
}

function endOf({ status, fault, finished, stop_reason }: ExchangeReport): string {
  if (fault === 'aborted') return `the client went away (status ${status})`;
  if (fault !== undefined) return `with an error: ${fault} (status ${status})`;
  const how = stop_reason === undefined ? `status ${status}` : `${stop_reason} (status ${status})`;
  return finished ? how : `${how}, but the client did not take all of it`;
}

function attemptRow(attempt: AttemptReport, index: number): string[] {
  const { profile, model, provider, after_ms, duration_ms, waited_ms } = attempt;
  const why = [attempt.reason, attempt.status?.toString(), attempt.code].filter((part) => part !== undefined);
  return [
    String(index + 1),
    profile,
    `${provider} ${model}`,
    `${OUTCOMES[attempt.outcome]}${why.length === 0 ? '' : `: ${why.join(', ')}`}`,
    `after ${seconds(after_ms)}`,
    attempt.outcome === 'passed-over' ? '' : `took ${seconds(duration_ms)}`,
    waited_ms === undefined ? '' : `waited ${seconds(waited_ms)}`,
  ];
}

function lossesOf({ losses }: ExchangeReport): string[] {
  if (losses.length === 0) return ['', 'Nothing was lost in translation'];
  const groups = new Map<string, { readonly cells: readonly string[]; count: number }>();
  for (const { feature, kind, reason } of losses) {
    const name = JSON.stringify([feature, kind, reason]);
    const group = groups.get(name) ?? { cells: [feature, kind, reason], count: 0 };
    group.count += 1;
    groups.set(name, group);
  }
  const rows = [...groups.values()].map(({ cells, count }) => [`${count} ×`, ...cells]);
  return ['', `Lost in translation (${losses.length})`, ...table(rows)];
}

function usageOf({ usage }: ExchangeReport): string[][] {
  if (usage === undefined) return [['the provider reported none']];
  const figures: [string, number | undefined][] = [
    ['input', usage.input_tokens],
    ['read from cache', usage.cache_read_input_tokens],
    ['written to cache', usage.cache_creation_input_tokens],
    ['output', usage.output_tokens],
  ];
  return figures.flatMap(([kind, tokens]) => (tokens === undefined ? [] : [[kind, countOf(tokens, 'token')]]));
}

function timingOf({ first_event_ms, longest_gap_ms, duration_ms }: ExchangeReport): string[][] {
  const figures: [string, number | undefined][] = [
    ['first event', first_event_ms],
    ['longest silence', longest_gap_ms],
    ['total', duration_ms],
  ];
  return figures.flatMap(([what, ms]) => (ms === undefined ? [] : [[what, seconds(ms)]]));
}

function table(rows: readonly (readonly string[])[]): string[] {
  return alignColumns(rows).map((line) => `  ${line}`);
}

function seconds(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}

function countOf(count: number, unit: string): string {
  return `${count.toLocaleString('en-US')} ${unit}${count === 1 ? '' : 's'}`;
}
