import type { SseEvent } from '../machine.ts';

/**
 * Splits a whole text/event-stream as the WHATWG standard says: CR, LF and CRLF end lines, comments and unknown
 * fields are skipped, an event without data is not dispatched, and neither is one that no blank line ends.
 * For tests only; it wants all the text at once.
 */
export function parseSse(text: string): SseEvent[] {
  const events: SseEvent[] = [];
  let name = '';
  let data: string[] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  // What follows the last line ending is not a line.
  for (const line of lines.slice(0, -1)) {
    if (line === '') {
      if (data.length > 0) events.push({ ...(name !== '' && { event: name }), data: data.join('\n') });
      name = '';
      data = [];
      continue;
    }
    const [field, value] = splitField(line);
    if (field === 'event') name = value;
    if (field === 'data') data.push(value);
  }
  return events;
}

function splitField(line: string): [field: string, value: string] {
  const colon = line.indexOf(':');
  if (colon === -1) return [line, ''];
  const value = line.slice(colon + 1);
  return [line.slice(0, colon), value.startsWith(' ') ? value.slice(1) : value];
}
