const BASE_MS = 500;
const CAP_MS = 8_000;

/**
 * How long to wait before a target is asked again for the n-th time, counted from 1: anything up to 0.5 s, 1 s, 2 s … 8 s,
 * so that many clients do not come back at the same moment, and never nothing. `random` is above 0, up to 1.
 */
export function backoffMs(repeat: number, random: number): number {
  return Math.ceil(Math.min(CAP_MS, BASE_MS * 2 ** (repeat - 1)) * random);
}
