/** Marks around what somebody else has said. An apostrophe is one only directly before the words: it stands in words, too. */
const MARKS: readonly (readonly [open: string, close: string])[] = [
  ['"', '"'],
  ['`', '`'],
  ['“', '”'],
  ['«', '»'],
];

/** An error that a gateway passes on as it came, as JSON or as Python writes it: its quotes are no quotation. */
const PASSED_ON = /(?:(?:message|msg|detail|error|reason|description|title)\\*['"]\s*:\s*|\w\()\\*['"](?:[^'"]*\s)?$/i;

/** Whether the words at this place of a sentence are a quotation in it, and not what the sentence says itself. */
export function isQuoted(sentence: string, start: number): boolean {
  const before = sentence.slice(0, start);
  // A sentence that is in quotes as a whole quotes nobody.
  if (!/\w/.test(before) || PASSED_ON.test(before)) return false;
  if (/\s['‘]$/.test(before)) return true;
  return MARKS.some(([open, close]) => isOpen(before, open, close) && sentence.includes(close, start));
}

/** Whether the last mark of a text opens a quotation. Where both marks are the same, every second one closes. */
function isOpen(text: string, open: string, close: string): boolean {
  return open === close ? text.split(open).length % 2 === 0 : text.lastIndexOf(open) > text.lastIndexOf(close);
}
