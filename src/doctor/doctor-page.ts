import { printable } from '../config/index.ts';
import { wrapTo } from '../terminal/index.ts';
import { GROUPS, type Finding, type FindingState } from './finding.ts';

/** How many findings there are of each kind. */
export interface DoctorSummary {
  readonly ok: number;
  readonly warnings: number;
  readonly problems: number;
}

/** Why an examination ends with exit code 1, in the shape of every failure. */
export interface DoctorError {
  readonly code: 'problems-found';
  readonly message: string;
  readonly remedy: string;
}

/** Gives a text the look of a state, where there are colours. */
export type PaintState = (state: FindingState | 'heading', text: string) => string;

const MARKS: { readonly [state in FindingState]: string } = { ok: '✓', warning: '!', problem: '✗' };
const INDENT = '      ';

/** Counts findings by their state. */
export function summaryOf(findings: readonly Finding[]): DoctorSummary {
  const count = (state: FindingState): number => findings.filter((finding) => finding.state === state).length;
  return { ok: count('ok'), warnings: count('warning'), problems: count('problem') };
}

/** The problems among findings, and what to do about the first of them; undefined when everything works. */
export function errorIn(findings: readonly Finding[]): DoctorError | undefined {
  const problems = findings.filter(({ state }) => state === 'problem');
  const [first] = problems;
  if (first === undefined) return undefined;
  const message = problems.map(({ title }) => title).join('; ');
  return { code: 'problems-found', message, remedy: first.remedy ?? 'Look at what was found.' };
}

/** All findings for people, in their groups, in lines of at most `width` columns; harmless for a terminal, whoever wrote what they quote. */
export function doctorPage(findings: readonly Finding[], paint: PaintState, width: number): string[] {
  const lines = GROUPS.flatMap((group) => {
    const own = findings.filter((finding) => finding.group === group);
    return own.length === 0 ? [] : [paint('heading', group), ...own.flatMap((one) => linesOf(one, paint, width)), ''];
  });
  const sentence = wrapTo(sentenceOf(summaryOf(findings), findings), width);
  return [...lines, ...sentence.map((line) => paint(worstOf(findings), line))];
}

function linesOf({ state, title, detail, remedy }: Finding, paint: PaintState, width: number): string[] {
  const more = [...textLines(detail), ...textLines(remedy === null ? null : `→ ${remedy}`)];
  // Painted afterwards: colours have no width.
  const [head = '', ...rest] = wrapTo(`  ${MARKS[state]} ${printable(title)}`, width, INDENT);
  return [
    head.replace(MARKS[state], () => paint(state, MARKS[state])),
    ...rest,
    ...more.flatMap((line) => wrapTo(`${INDENT}${line}`, width, INDENT)),
  ];
}

function textLines(text: string | null): string[] {
  return text === null ? [] : text.split('\n').map((line) => printable(line));
}

function worstOf(findings: readonly Finding[]): FindingState {
  if (findings.some(({ state }) => state === 'problem')) return 'problem';
  return findings.some(({ state }) => state === 'warning') ? 'warning' : 'ok';
}

function sentenceOf({ ok, warnings, problems }: DoctorSummary, findings: readonly Finding[]): string {
  if (warnings + problems === 0) return `All is well: ${countOf(ok, 'thing')} looked at.`;
  const fixable = findings.filter(({ fixable }) => fixable).length;
  const counts = `${countOf(problems, 'problem')}, ${countOf(warnings, 'warning')}, ${ok} in order.`;
  return fixable === 0 ? counts : `${counts} "claudex doctor --fix" mends ${fixable}.`;
}

function countOf(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
