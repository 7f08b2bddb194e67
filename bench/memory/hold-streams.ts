import { SseReader } from '../../src/proxy/answer/sse-reader.ts';
import { sseText } from '../../src/proxy/answer/sse-text.ts';
import { makeAnswer } from '../fixtures/answer.ts';
import { clientCodec, contextOf } from '../machines/context.ts';
import { SIDES, type Side } from '../machines/sides.ts';

/*
 * A program: opens as many streams as it is told, reads half of each, and prints how many bytes one of them keeps. Needs
 * `--expose-gc`. Its arguments are `translated` or `read`, the protocol and the number of streams.
 */

const [, , kind = '', name = '', count = ''] = process.argv;
const SIDE: Side = SIDES[name === 'chat' ? 'chat' : 'responses'];
const EVENTS = 200;
const PIECE_BYTES = 4_096;

process.stdout.write(String(bytesPerStream(Number(count))));

function bytesPerStream(streams: number): number {
  const half = firstHalf();
  // Once for everything that is made only once: compiled code, tables, shapes of objects.
  const warm = Array.from({ length: 20 }, () => open(half));
  const before = held();
  const opened = Array.from({ length: streams }, () => open(half));
  const bytes = (held() - before) / streams;
  if (opened.length + warm.length !== streams + 20) throw new Error('the streams are gone');
  return bytes;
}

/** Everything that one stream needs, after half of its bytes. */
function open(bytes: Buffer): object {
  const reader = new SseReader();
  if (kind === 'read') {
    for (const piece of piecesOf(bytes)) reader.push(piece);
    return reader;
  }
  const decoder = SIDE.protocol.decodeStream(contextOf());
  const encoder = clientCodec().encodeStream();
  for (const piece of piecesOf(bytes)) {
    for (const event of reader.push(piece)) {
      for (const canonical of decoder.push(event)) encoder.push(canonical);
    }
  }
  return { reader, decoder, encoder };
}

/** Ends in the middle of the text, and of an event. */
function firstHalf(): Buffer {
  const events = SIDE.streamOf(makeAnswer({ reasoning: EVENTS / 4, text: EVENTS }));
  const bytes = Buffer.from(events.slice(0, EVENTS).map(sseText).join(''));
  return bytes.subarray(0, -20);
}

/** Copies, because a piece that came from a socket belongs to nobody else. */
function piecesOf(bytes: Buffer): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / PIECE_BYTES) }, (_, index) =>
    Buffer.from(bytes.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES)),
  );
}

function held(): number {
  for (let round = 0; round < 3; round += 1) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
