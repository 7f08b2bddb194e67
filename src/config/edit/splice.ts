import type { Path } from '../tables.ts';

/** Replaces a part of a text. */
export function splice(text: string, start: number, end: number, inserted: string): string {
  return text.slice(0, start) + inserted + text.slice(end);
}

/** The line end that a text uses. */
function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Puts whole lines at the start of a line or at the end of the text, with the line ends the text uses. */
export function insertLines(text: string, offset: number, lines: readonly string[]): string {
  const lineEnd = lineEndOf(text);
  const block = lines.map((line) => line + lineEnd).join('');
  const needsEnd = offset > 0 && text[offset - 1] !== '\n';
  return splice(text, offset, offset, needsEnd ? lineEnd + block : block);
}

/** Where the line begins that an offset lies in. */
export function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Behind the line feed of the line that an offset lies in. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end + 1;
}

/** The blanks that the line of an offset begins with. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(startOfLine(text, offset), offset))?.[0] ?? '';
}

/** Where the comment lines begin that stand directly above a line, given by its start. */
export function startOfComments(text: string, lineStart: number): number {
  let start = lineStart;
  while (start > 0) {
    const above = startOfLine(text, start - 1);
    if (!/^[ \t]*#/.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}

/** Behind the comment lines that directly follow a line, given by where it ends; the same place if what follows them owns them. */
export function endOfComments(text: string, lineStart: number): number {
  let end = lineStart;
  while (end < text.length && /^[ \t]*#/.test(text.slice(end, nextLine(text, end)))) end = nextLine(text, end);
  const next = text.slice(end, nextLine(text, end));
  return end >= text.length || next.trim() === '' ? end : lineStart;
}

/** Whether a path begins with another one. */
export function startsWith(path: Path, start: Path): boolean {
  return start.length <= path.length && start.every((step, index) => path[index] === step);
}
