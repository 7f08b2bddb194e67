import { QUIRK_KINDS, defineProvider, type Provider, type Quirks } from '@claudex/sdk';
import { expect } from 'chai';
import type { Case } from './support/cases.ts';
import { prove } from './support/proof.ts';
import { SAMPLES } from './support/samples.ts';
import { openQuirkStage, type QuirkStage } from './support/stage.ts';
import { PROOFS } from './support/tables.ts';

const ALL = Object.values(SAMPLES).flat();

/** A provider with a model for each sample. */
const PROVIDER: Provider = defineProvider({
  specVersion: 1,
  id: 'sampler',
  title: 'Sampler',
  protocol: 'openai-chat',
  models: { default: 'sample-0' },
  knownModels: ALL.map((quirks, place) => ({ id: `sample-${place}`, quirks })),
});

function caseOf(protocol: string, quirks: Quirks): Case {
  const model = `sample-${ALL.indexOf(quirks)}`;
  return { protocol, model, facts: PROVIDER.knownModels?.find(({ id }) => id === model), quirks };
}

describe('every quirk of the vocabulary, on the wire', () => {
  let stage: QuirkStage;

  before(async () => {
    stage = await openQuirkStage(PROVIDER, Object.keys(PROOFS));
  });

  after(() => stage[Symbol.asyncDispose]());

  it('is applied by a protocol', () => {
    const names = Object.keys(QUIRK_KINDS) as (keyof Quirks)[];
    const unproven = names.filter((name) => Object.values(PROOFS).every((table) => table[name] === 'elsewhere'));
    expect(unproven).to.deep.equal([]);
  });

  for (const [protocol, table] of Object.entries(PROOFS)) {
    for (const [name, samples] of Object.entries(SAMPLES)) {
      if (table[name as keyof Quirks] === 'elsewhere') continue;
      for (const quirks of samples) {
        it(`${protocol}: ${JSON.stringify(quirks)}`, async () => {
          const value = quirks[name as keyof Quirks];
          expect(await prove(table, name, value, stage.wire(caseOf(protocol, quirks)))).to.equal(true);
        });
      }
    }
  }
});
