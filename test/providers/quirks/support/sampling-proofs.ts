import type { JsonObject, Quirks } from '@claudex/sdk';
import { expect } from 'chai';
import { TOOL } from './asks.ts';
import type { Proof, Wire } from './proof.ts';

/*
 * Limits, sampling, identity and the choice of tools: Chat and Responses have the same fields for them.
 */

const isOmitted = (field: string, { quirks }: Wire): boolean => quirks.omitFields?.includes(field) === true;

/** The field is there with this value, or was left out by name. */
function expectField(sent: JsonObject, field: string, value: unknown, wire: Wire): void {
  if (value === undefined || isOmitted(field, wire)) expect(sent).not.to.have.property(field);
  else expect(sent[field], field).to.deep.equal(value);
}

const FORCED: JsonObject = { tools: [TOOL], tool_choice: { type: 'any' } };
const ONE_BY_ONE: JsonObject = { tools: [TOOL], tool_choice: { type: 'auto', disable_parallel_tool_use: true } };

/** Where a protocol writes the limit of the answer. */
type LimitField = (quirks: Quirks) => string | undefined;

function minOutputTokens(limitField: LimitField): Proof<number> {
  return async (value, wire) => {
    const field = limitField(wire.quirks);
    const { sent } = await wire.ask({ max_tokens: 1 });
    if (field !== undefined) expectField(sent, field, Math.max(1, value), wire);
  };
}

const minTemperature: Proof<number> = async (value, wire) =>
  expectField((await wire.ask({ temperature: 0 })).sent, 'temperature', Math.max(0, value), wire);

const topK: Proof<boolean> = async (value, wire) =>
  expectField((await wire.ask({ top_k: 5 })).sent, 'top_k', value ? 5 : undefined, wire);

const storeSwitch: Proof<boolean> = async (value, wire) =>
  expectField((await wire.ask({})).sent, 'store', value ? false : wire.quirks.extraFields?.['store'], wire);

const promptCacheKey: Proof<boolean> = async (value, wire) => {
  const { sent } = await wire.ask({});
  if (!value || isOmitted('prompt_cache_key', wire)) expect(sent).not.to.have.property('prompt_cache_key');
  else expect(sent['prompt_cache_key']).to.match(/^[0-9a-f]{32}$/);
};

const userField: Proof<'user' | 'safety_identifier' | 'none'> = async (value, wire) => {
  const { sent } = await wire.ask({ metadata: { user_id: 'account-of-somebody' } });
  for (const field of ['user', 'safety_identifier']) {
    if (field !== value || isOmitted(field, wire)) expect(sent).not.to.have.property(field);
    else expect(sent[field]).to.match(/^[0-9a-z]{16,64}$/);
  }
  expect(JSON.stringify(sent)).not.to.include('account-of-somebody');
};

const parallelToolCallsSwitch: Proof<boolean> = async (value, wire) =>
  expectField((await wire.ask(ONE_BY_ONE)).sent, 'parallel_tool_calls', value ? false : undefined, wire);

const parallelToolCalls: Proof<boolean> = async (value, wire) => {
  const isSwitched = !value && wire.quirks.parallelToolCallsSwitch !== false;
  expectField((await wire.ask({ tools: [TOOL] })).sent, 'parallel_tool_calls', isSwitched ? false : undefined, wire);
};

const forcedToolChoice: Proof<boolean> = async (value, wire) => {
  expectField((await wire.ask(FORCED)).sent, 'tool_choice', value ? 'required' : 'auto', wire);
  const { sent } = await wire.ask({ tools: [TOOL], tool_choice: { type: 'tool', name: 'look' } });
  expect(JSON.stringify(sent['tool_choice'] ?? null).includes('look')).to.equal(
    value && !isOmitted('tool_choice', wire),
  );
};

const toolChoiceNone: Proof<boolean> = async (value, wire) => {
  const { sent } = await wire.ask({ tools: [TOOL], tool_choice: { type: 'none' } });
  expect(JSON.stringify(sent).includes('"look"')).to.equal(value);
  expectField(sent, 'tool_choice', value ? 'none' : undefined, wire);
};

/** The proofs of what Chat and Responses have in common. */
export function samplingProofs(limitField: LimitField) {
  return {
    minOutputTokens: minOutputTokens(limitField),
    minTemperature,
    topK,
    storeSwitch,
    promptCacheKey,
    userField,
    parallelToolCallsSwitch,
    parallelToolCalls,
    forcedToolChoice,
    toolChoiceNone,
  };
}
