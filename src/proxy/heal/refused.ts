import type { Refusal } from '@claudex/sdk';
import { ESSENTIAL_FIELDS } from '@claudex/sdk/codec';

/** What a provider has refused to take, under the names on its wire. */
export interface Refused {
  readonly fields: readonly string[];
  readonly tools: readonly string[];
  /** The most tokens of an answer that a request may ask for; absent when no request asked for too many. */
  readonly outputLimit?: number;
  /** The limit is what this prompt leaves, and says nothing about others. */
  readonly limitOfPrompt?: boolean;
  /** All provider state of earlier turns that this one request brings along. */
  readonly state: boolean;
  /** State that other requests brought along, by its name (`stateName`). */
  readonly oldState: ReadonlySet<string>;
}

/** A refusal that can be acted on: a tool is known by its name. */
export type NamedRefusal = Exclude<Refusal, { readonly index: number }>;

/** Nothing was refused. */
export const NOTHING_REFUSED: Refused = { fields: [], tools: [], state: false, oldState: new Set() };

/** Adds a refusal; `undefined` when it is known already or nothing that may be left out. */
export function addRefusal(refused: Refused, refusal: NamedRefusal): Refused | undefined {
  switch (refusal.part) {
    case 'state':
      return refused.state ? undefined : { ...refused, state: true };
    case 'output-limit':
      return refusal.maximum < (refused.outputLimit ?? Infinity) ? withLimit(refused, refusal) : undefined;
    case 'tool':
      return refused.tools.includes(refusal.name) ? undefined : { ...refused, tools: [...refused.tools, refusal.name] };
    case 'field': {
      const { name } = refusal;
      if (ESSENTIAL_FIELDS.has(name) || refused.fields.includes(name)) return undefined;
      return { ...refused, fields: [...refused.fields, name] };
    }
    default:
      // A plugin may know parts that this version does not.
      return undefined;
  }
}

function withLimit(
  { limitOfPrompt: _earlier, ...refused }: Refused,
  { maximum, ofThisPrompt }: Extract<Refusal, { readonly part: 'output-limit' }>,
): Refused {
  return { ...refused, outputLimit: maximum, ...(ofThisPrompt === true && { limitOfPrompt: true }) };
}
