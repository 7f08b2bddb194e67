import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A fresh question for `GET /health?challenge=…`, in hexadecimal. */
export function newChallenge(): string {
  return randomBytes(32).toString('hex');
}

/**
 * Whether the proof answers the challenge for this port, which only a holder of the token who listens there can
 * do: a stranger could pass the challenge on to our proxy on another port. Takes the same time for every wrong proof.
 */
export function provesToken(token: string, challenge: string, port: number, proof: unknown): boolean {
  if (typeof proof !== 'string') return false;
  const expected = createHmac('sha256', token).update(`${challenge}:${port}`).digest();
  const given = Buffer.from(proof, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
