import type { Row } from './row.ts';

const HEAD = ['bench', 'measure', 'claudex', 'floor', 'ratio', 'A/A control', 'target', ''];
const LEFT_ALIGNED = new Set([0, 1, 7]);

/** The rows as a table for a terminal, with a blank line between benches. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(cellsOf);
  const widths = HEAD.map((head, column) => Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        LEFT_ALIGNED.has(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  const lines = cells.map((row, index) => {
    const opensBench = rows[index]?.bench !== rows[index - 1]?.bench;
    return `${opensBench ? '\n' : ''}${line(opensBench ? row : ['', ...row.slice(1)])}`;
  });
  return `${line(HEAD)}${lines.map((text) => `\n${text}`).join('')}\n`;
}

/** A number with as many decimals as mean something. */
export function figure(value: number): string {
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function cellsOf(row: Row): string[] {
  return [
    row.bench,
    row.measure,
    figure(row.ours),
    row.floor === undefined ? '' : `${figure(row.floor)} ${row.against ?? ''}`,
    row.ratio === undefined ? '' : row.ratio.toFixed(2),
    row.control === undefined ? '' : row.control.map((ratio) => ratio.toFixed(2)).join('–'),
    row.target === undefined ? '' : `≤ ${row.target.toLocaleString('en-US')}`,
    row.verdict ?? '',
  ];
}
