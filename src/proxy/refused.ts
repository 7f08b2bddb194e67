import type { Refusal } from '@claudex/sdk';

/** What a provider has refused to take, under the names on its wire. */
export interface Refused {
  readonly fields: readonly string[];
  readonly tools: readonly string[];
  /** Provider state of earlier turns. */
  readonly state: boolean;
}

/** Nothing was refused. */
export const NOTHING_REFUSED: Refused = { fields: [], tools: [], state: false };

/** A request without these says something else, or nothing: it is not mended by leaving them out. */
const ESSENTIAL: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'input',
  'instructions',
  'system',
  'stream',
  'tools',
]);

/** Adds a refusal; `undefined` when it is known already or nothing that may be left out. */
export function addRefusal(refused: Refused, refusal: Refusal): Refused | undefined {
  if (refusal.part === 'state') return refused.state ? undefined : { ...refused, state: true };
  const { part, name } = refusal;
  if (part === 'field' && ESSENTIAL.has(name)) return undefined;
  const known = part === 'field' ? refused.fields : refused.tools;
  if (known.includes(name)) return undefined;
  return part === 'field' ? { ...refused, fields: [...known, name] } : { ...refused, tools: [...known, name] };
}
