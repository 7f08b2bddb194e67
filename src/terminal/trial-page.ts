import { paint, type Mood } from './paint.ts';
import { tableFor, type Column } from './table.ts';

/** One check of a trial, as far as it is shown. All texts are printable. */
interface ShownCheck {
  readonly title: string;
  readonly result: 'ok' | 'unsupported' | 'failed' | 'skipped';
  readonly detail: string;
  readonly latency_ms: number | null;
  readonly losses: readonly { readonly reason: string }[];
}

/** The trial of one profile, as far as it is shown. All texts are printable. */
export interface ShownTrial {
  readonly name: string;
  readonly latency_ms: number | null;
  readonly problem?: { readonly reason: string; readonly remedy: string };
  readonly skipped?: string;
  readonly checks?: readonly ShownCheck[];
}

const WORDS: { readonly [result in ShownCheck['result']]: string } = {
  ok: 'OK',
  unsupported: 'not supported',
  failed: 'FAIL',
  skipped: 'not tried',
};
const MOODS: { readonly [word: string]: Mood } = {
  [WORDS.ok]: 'good',
  [WORDS.unsupported]: 'warning',
  [WORDS.failed]: 'bad',
  [WORDS.skipped]: 'quiet',
};
const COLUMNS: readonly Column[] = [
  { title: 'CHECK' },
  { title: 'RESULT', mood: (word) => MOODS[word] },
  { title: 'TIME', align: 'right' },
  { title: 'DETAIL', cut: 'end' },
];

/** The lines of one profile, its name padded to `width`: its result, and with checks a table of them. */
export function trialLines(trial: ShownTrial, width: number, stream: NodeJS.WriteStream = process.stdout): string[] {
  const { checks } = trial;
  return [
    ...resultLines(trial, width, stream),
    ...(checks === undefined ? [] : ['', ...checkLines(checks, stream), '']),
  ];
}

function resultLines(
  { name, latency_ms, problem, skipped }: ShownTrial,
  width: number,
  stream: NodeJS.WriteStream,
): string[] {
  const label = name.padEnd(width);
  if (skipped !== undefined) return [`${label}  ${paint('quiet', 'SKIPPED', stream)}: ${skipped}`];
  if (!problem) return [`${label}  ${paint('good', 'OK', stream)} (${latency_ms} ms)`];
  return [`${label}  ${paint('bad', 'FAIL', stream)}: ${problem.reason}`, `${' '.repeat(width)}  ${problem.remedy}`];
}

function checkLines(checks: readonly ShownCheck[], stream: NodeJS.WriteStream): string[] {
  const rows = checks.map(({ title, result, detail, latency_ms }) => [
    title,
    WORDS[result],
    latency_ms === null ? '-' : `${latency_ms} ms`,
    detail,
  ]);
  const losses = lossLines(checks);
  return [
    ...tableFor(stream, COLUMNS, rows),
    ...(losses.length === 0 ? [] : ['', 'What the proxy had to change or leave out:', ...losses]),
  ];
}

/** What is the same for several checks is told once. */
function lossLines(checks: readonly ShownCheck[]): string[] {
  const titles = new Map<string, string[]>();
  for (const { title, losses } of checks) {
    for (const { reason } of losses) titles.set(reason, [...(titles.get(reason) ?? []), title]);
  }
  return [...titles].map(
    ([reason, named]) => `  ${reason} (${named.length > 3 ? `${named.length} checks` : named.join(', ')})`,
  );
}
