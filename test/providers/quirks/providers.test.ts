import type { Quirks } from '@claudex/sdk';
import { expect } from 'chai';
import { bundledProviders } from './support/bundled-providers.ts';
import { casesOf, protocolsOf, type Case } from './support/cases.ts';
import { prove } from './support/proof.ts';
import { openQuirkStage, type QuirkStage } from './support/stage.ts';
import { PROOFS } from './support/tables.ts';

const providers = await bundledProviders();

/** What to call a case: its model, and the protocol by which it is reached. */
const titleOf = ({ protocol, model }: Case): string => `${model} by ${protocol}`;

describe('every quirk of every bundled provider, on the wire', () => {
  it('finds providers and quirks', () => {
    expect(providers.map(({ id }) => id)).to.include.members(['openai', 'anthropic', 'deepseek', 'ollama']);
    expect(providers.flatMap(casesOf).length).to.be.greaterThan(50);
  });

  for (const provider of providers) {
    describe(provider.id, () => {
      let stage: QuirkStage;
      before(async () => {
        stage = await openQuirkStage(provider, protocolsOf(provider));
      });
      after(() => stage[Symbol.asyncDispose]());

      for (const one of casesOf(provider)) {
        const table = PROOFS[one.protocol];
        if (table === undefined) continue;
        for (const [name, value] of Object.entries(one.quirks)) {
          if (table[name as keyof Quirks] === 'elsewhere') continue;
          it(`${titleOf(one)}: ${name} = ${JSON.stringify(value)}`, async () => {
            expect(await prove(table, name, value, stage.wire(one))).to.equal(true);
          });
        }
      }
    });
  }
});
