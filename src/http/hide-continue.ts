import type { Socket } from 'node:net';

const CONTINUE = /^HTTP\/1\.[01] 100[ \r]/;
/** What a piece may begin with that could become one; shorter pieces tell nothing. */
const BEGINNING = 'HTTP/1.1 100 ';
const END = '\r\n\r\n';
/** Most bytes of one that are waited for. */
const MOST_BYTES = 16 * 1024;

/**
 * Takes `100 Continue` out of what a socket brings. Clients have to pass over it although they did not ask for it, and
 * the library closes the connection instead. `isHeadExpected` says whether the head of an answer is still to come.
 */
export function hideContinue(socket: Socket, isHeadExpected: () => boolean): void {
  const read = socket.read.bind(socket) as (size?: number) => Buffer | null;
  let held: Buffer | undefined;
  socket.read = (size?: number): Buffer | null => {
    const piece = read(size);
    if (piece === null || !isHeadExpected()) return piece;
    const all = held ? Buffer.concat([held, piece]) : piece;
    const rest = withoutContinue(all);
    held = mayBecomeContinue(rest) ? rest : undefined;
    return held || rest.byteLength === 0 ? null : rest;
  };
}

function withoutContinue(bytes: Buffer): Buffer {
  let rest = bytes;
  while (isContinue(rest)) {
    const end = rest.indexOf(END);
    if (end < 0) break;
    rest = rest.subarray(end + END.length);
  }
  return rest;
}

function isContinue(bytes: Buffer): boolean {
  return CONTINUE.test(bytes.toString('latin1', 0, BEGINNING.length));
}

/** Answers hardly ever come in pieces this small, so hardly any of them wait here. */
function mayBecomeContinue(bytes: Buffer): boolean {
  if (bytes.byteLength === 0 || bytes.byteLength > MOST_BYTES) return false;
  return isContinue(bytes) || BEGINNING.startsWith(bytes.toString('latin1', 0, BEGINNING.length + 1));
}
