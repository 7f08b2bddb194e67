import stringWidth from 'string-width';
import { cutTo, type Cut } from './cut-to.ts';
import { paint, type Mood } from './paint.ts';

/** One column of a table. */
export interface Column {
  /** Printed above it, in capitals by custom. */
  readonly title: string;
  /** Figures stand on the right. Default `left`. */
  readonly align?: 'left' | 'right';
  /** Which end may go where the line is too long for the terminal. Default: nothing is cut off. */
  readonly cut?: Cut;
  /** What a cell of it says, on a terminal with colours. */
  readonly mood?: (cell: string) => Mood | undefined;
}

/** Where a table goes. */
export interface TableLook {
  /** Columns of the terminal; absent for a pipe, where nothing is cut off. */
  readonly width?: number;
  /** Gives a text its look. Default: as it is. */
  readonly paint?: (mood: Mood, text: string) => string;
}

const GAP = '  ';
/** A column that is cut keeps at least this much. */
const NARROWEST = 8;

/** Lines of cells without titles, each column as wide as its widest cell. Nothing is cut off. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const columns = Array.from({ length: Math.max(0, ...rows.map((row) => row.length)) }, () => ({ title: '' }));
  return table(columns, rows).slice(1);
}

/**
 * Lines of a table whose columns are as wide as their widest cell, two spaces apart. Where the terminal does not hold a
 * line, the widest of the columns that may be cut give way first. Cells must be printable.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { width, paint: painted = (_mood, text) => text }: TableLook = {},
): string[] {
  const titles = columns.map(({ title }) => title);
  const natural = columns.map((_, index) =>
    Math.max(...[titles, ...rows].map((line) => stringWidth(line[index] ?? ''))),
  );
  const widths = width === undefined ? natural : fitted(columns, natural, width);
  const cells = (line: readonly string[], moodOf: (column: Column, cell: string) => Mood | undefined): string =>
    columns
      .map((column, index) => {
        const cell = line[index] ?? '';
        const shown = cutTo(cell, widths[index] ?? 0, column.cut);
        const mood = moodOf(column, cell);
        return padded(column, shown, widths[index] ?? 0, mood === undefined ? shown : painted(mood, shown));
      })
      .join(GAP)
      .trimEnd();
  return [cells(titles, () => 'quiet'), ...rows.map((row) => cells(row, ({ mood }, cell) => mood?.(cell)))];
}

/** {@link table} for what a stream leads to: as wide as its terminal, with colours where it has them. */
export function tableFor(
  stream: NodeJS.WriteStream,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string[] {
  const width = widthOf(stream);
  return table(columns, rows, {
    paint: (mood, text) => paint(mood, text, stream),
    ...(width === undefined ? {} : { width }),
  });
}

/** How many columns the terminal behind a stream has; undefined for a pipe. */
export function widthOf(stream: { readonly isTTY?: boolean; readonly columns?: number }): number | undefined {
  return stream.isTTY === true && stream.columns !== undefined && stream.columns > 0 ? stream.columns : undefined;
}

/** Lowers the widest columns that may be cut to one level, just as far as it takes. */
function fitted(columns: readonly Column[], natural: readonly number[], width: number): number[] {
  const room = width - GAP.length * (columns.length - 1);
  const widths = [...natural];
  for (let over = sum(widths) - room; over > 0; over = sum(widths) - room) {
    const soft = widths.filter((wide, index) => columns[index]?.cut !== undefined && wide > NARROWEST);
    const widest = Math.max(0, ...soft);
    if (widest === 0) break;
    const next = Math.max(NARROWEST, ...soft.filter((wide) => wide < widest));
    const many = soft.filter((wide) => wide === widest).length;
    const lowered = Math.max(next, widest - Math.ceil(over / many));
    for (const [index, wide] of widths.entries()) {
      if (wide === widest && columns[index]?.cut !== undefined) widths[index] = lowered;
    }
  }
  return widths;
}

function padded({ align = 'left' }: Column, text: string, width: number, look: string): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'right' ? space + look : look + space;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
