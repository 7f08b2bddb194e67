import type { CodecContext, ConditionalQuirks, Json, Quirks } from '../../index.ts';
import { isJsonObject } from '../../json.ts';
import { wantedReasoning } from './reasoning-effort.ts';

/** The quirks that hold for one request: `withTools` and `whileReasoning` are added where their condition is met. */
export function quirksInForce(context: Pick<CodecContext, 'request' | 'quirks' | 'facts'>): Quirks {
  const { withTools, whileReasoning, ...always } = context.quirks;
  let quirks: Quirks = always;
  if (withTools !== undefined && offersTools(context)) quirks = extended(quirks, withTools);
  if (whileReasoning !== undefined && isToReason(context)) quirks = extended(quirks, whileReasoning);
  return quirks;
}

function offersTools({ request, quirks }: Pick<CodecContext, 'request' | 'quirks'>): boolean {
  if (request.tool_choice?.type === 'none' && quirks.toolChoiceNone === false) return false;
  return request.tools.some(({ kind }) => kind === 'client');
}

/** Whether the model is asked to reason or, as far as is known, cannot do without. */
function isToReason({ request, facts }: Pick<CodecContext, 'request' | 'facts'>): boolean {
  return facts?.reasoning?.canDisable === false || wantedReasoning(request)?.off === false;
}

function extended(quirks: Quirks, more: ConditionalQuirks): Quirks {
  const added = Object.entries(more).map(([name, value]) => [name, sum(quirks[name as keyof Quirks], value)]);
  return { ...quirks, ...Object.fromEntries(added) };
}

/** Tables and lists grow, anything else is replaced. */
function sum(before: unknown, more: unknown): unknown {
  if (Array.isArray(before) && Array.isArray(more)) return [...before, ...more];
  return isJsonObject(before) && isJsonObject(more) ? mergeTables(before, more) : more;
}

/** Two tables as one; where both have a table under a name, these become one, too, and else the second one wins. */
export function mergeTables<Table extends { readonly [name: string]: Json }>(one: Table, other: Table): Table {
  const merged = Object.entries(other).map(([name, value]) => {
    const before = Object.hasOwn(one, name) ? one[name] : undefined;
    return [name, isJsonObject(before) && isJsonObject(value) ? mergeTables(before, value) : value];
  });
  return { ...one, ...Object.fromEntries(merged) };
}
