import type { Exchange } from './exchange.ts';
import { FaultError } from './fault-error.ts';
import { addRefusal } from './refused.ts';

/** How often one request is mended and sent again. */
export const MAX_HEALS = 3;

/**
 * Answers a refusal: where the provider named a field, a tool or state that it will not take, the request is written
 * again without it. `undefined` when the error is none of these, or when leaving it out would change nothing.
 */
export async function heal(exchange: Exchange, error: unknown): Promise<Exchange | undefined> {
  const refusal = error instanceof FaultError ? error.fault.refused : undefined;
  if (refusal === undefined) return undefined;
  const refused = addRefusal(exchange.refused, refusal);
  return refused === undefined ? undefined : exchange.rewrite?.(refused);
}
