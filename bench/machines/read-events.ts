import { SseReader } from '../../src/proxy/answer/sse-reader.ts';

/** Bytes → events, as the proxy does it. Returns how many there were. */
export function readEvents(pieces: readonly Uint8Array[]): number {
  const reader = new SseReader();
  let count = 0;
  for (const piece of pieces) count += reader.push(piece).length;
  return count + reader.end().length;
}

/** The floor: decode, cut at blank lines, take what follows `data: `. Knows only the commonest form of a stream. */
export function scanEvents(pieces: readonly Uint8Array[]): number {
  const decoder = new TextDecoder();
  const found: string[] = [];
  let count = 0;
  let rest = '';
  for (const piece of pieces) {
    rest += decoder.decode(piece, { stream: true });
    let start = 0;
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n', start)) {
      found.push(rest.slice(start + 'data: '.length, end));
      start = end + 2;
    }
    rest = rest.slice(start);
    count += found.length;
    found.length = 0;
  }
  return count;
}
