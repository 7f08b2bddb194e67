import type { Refusal } from '@claudex/sdk';
import type { Exchange } from '../exchange.ts';
import { FaultError } from '../fault-error.ts';
import { addRefusal, type NamedRefusal } from './refused.ts';
import { toolAt } from './tool-at.ts';

/** How often one request is mended and sent again. */
export const MAX_HEALS = 3;

/**
 * Answers a refusal: where the provider named a field, a tool, a limit or state that it will not take, the request is
 * written again without it. `undefined` when the error is none of these, or when leaving it out would change nothing.
 */
export async function heal(exchange: Exchange, error: unknown): Promise<Exchange | undefined> {
  const refusal = error instanceof FaultError ? error.fault.refused : undefined;
  const named = refusal && exchange.rewrite ? withName(refusal, exchange) : undefined;
  const refused = named && addRefusal(exchange.refused, named);
  return refused && exchange.rewrite?.(refused);
}

/** Whether an error names a part of the request that the provider would not take. */
export function isRefusal(error: unknown): boolean {
  return error instanceof FaultError && error.fault.refused !== undefined;
}

/** A tool that the provider only counted is looked up in what it was sent. */
function withName(refusal: Refusal, { request }: Exchange): NamedRefusal | undefined {
  if (!('index' in refusal)) return refusal;
  const name = toolAt(request.body, refusal.index);
  return name === undefined ? undefined : { part: 'tool', name };
}
