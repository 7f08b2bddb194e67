/** Reads at most `limit` bytes of a body as UTF-8; calls `cancel` to give the rest up. */
export async function readText(body: AsyncIterable<Uint8Array>, limit: number, cancel: () => void): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    pieces.push(piece);
    size += piece.byteLength;
    if (size >= limit) {
      cancel();
      break;
    }
  }
  return Buffer.concat(pieces).subarray(0, limit).toString('utf8');
}
