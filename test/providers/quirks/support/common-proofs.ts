import type { JsonObject } from '@claudex/sdk';
import { mergeTables } from './merge-tables.ts';
import { expect } from 'chai';
import { NOT_THINKING, THINKING, TOOL, called, user, words } from './asks.ts';
import { prove, type Proof, type ProofTable } from './proof.ts';

/** Whether a body has everything that a table says, in the table's own places. */
function expectTable(sent: JsonObject, table: JsonObject): void {
  for (const [field, value] of Object.entries(table)) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      expect(sent, field).to.have.property(field).that.is.an('object');
      expectTable(sent[field] as JsonObject, value);
    } else expect(sent[field], field).to.deep.equal(value);
  }
}

/** A request with everything that can be left out of one. */
const FULL: JsonObject = {
  system: 'Be brief.',
  messages: called(),
  tools: [TOOL],
  tool_choice: { type: 'auto', disable_parallel_tool_use: true },
  temperature: 0.5,
  top_p: 0.5,
  top_k: 5,
  stop_sequences: ['END'],
  metadata: { user_id: 'somebody' },
  stream: true,
};

const omitFields: Proof<readonly string[]> = async (fields, wire) => {
  for (const more of [FULL, { ...FULL, ...THINKING }, { ...FULL, ...NOT_THINKING }]) {
    const { sent } = await wire.ask(more);
    expect(Object.keys(sent)).not.to.include.members([...fields]);
    for (const field of fields) expect(sent).not.to.have.property(field);
  }
};

const extraFields: Proof<JsonObject> = async (table, wire) => {
  const omitted = wire.quirks.omitFields ?? [];
  const expected = Object.fromEntries(Object.entries(table).filter(([field]) => !omitted.includes(field)));
  expectTable((await wire.ask({})).sent, expected);
  expectTable((await wire.ask({ ...FULL, stream: false })).sent, expected);
};

const sessionHeader: Proof<string> = async (name, wire) => {
  const { headers } = await wire.ask({});
  expect(headers)
    .to.have.property(name)
    .that.matches(/^[0-9a-f]{32}$/);
  expect((await wire.ask({ system: 'other' })).headers[name]).to.equal(headers[name]);
};

const streaming: Proof<'both' | 'only' | 'never'> = async (value, wire) => {
  expect((await wire.ask({})).sent['stream'] ?? false).to.equal(value === 'only');
  expect((await wire.ask({ stream: true })).sent['stream']).to.equal(value !== 'never');
};

/** Proves what a condition adds, in requests that meet it, and that nothing of it is there in those that do not. */
function conditional(table: () => ProofTable, met: JsonObject, isMetAlways: (canDisable?: boolean) => boolean) {
  const proof: Proof<NonNullable<Parameters<Extract<ProofTable['withTools'], Proof<never>>>[0]>> = async (
    value,
    wire,
  ) => {
    const quirks = { ...wire.quirks };
    for (const [name, inner] of Object.entries(value)) {
      const before = quirks[name as keyof typeof quirks];
      const sum = mergeTables(before, inner);
      Object.assign(quirks, { [name]: sum });
    }
    const inForce = wire.asking(met, quirks);
    for (const name of Object.keys(value))
      expect(await prove(table(), name, quirks[name as keyof typeof quirks], inForce), name).to.equal(true);
    if (value.extraFields === undefined || isMetAlways(wire.facts?.reasoning?.canDisable)) return;
    const { sent } = await wire.ask({ messages: [user(words('hello'))] });
    for (const [field, extra] of Object.entries(value.extraFields))
      if (JSON.stringify(wire.quirks.extraFields?.[field]) !== JSON.stringify(extra))
        expect(sent[field], `${field} where the condition is not met`).not.to.deep.equal(extra);
  };
  return proof;
}

/** Proofs that are the same in every protocol that a request is written anew in. */
export function commonProofs(table: () => ProofTable) {
  return {
    omitFields,
    extraFields,
    sessionHeader,
    streaming,
    withTools: conditional(table, { tools: [TOOL] }, () => false),
    whileReasoning: conditional(table, THINKING, (canDisable) => canDisable === false),
  };
}
