import { expect } from 'chai';
import type { ModelRow } from '../../src/catalogue/index.ts';
import { modelChoices, otherModel } from '../../src/wizard/describe-model.ts';

const MODELS: readonly ModelRow[] = [
  { id: 'large', title: 'Acme Large', contextWindow: 1_050_000, price: { input: 2.5, output: 15 }, source: 'live' },
  { id: 'middle-sized', contextWindow: 128_000, source: 'live' },
  { id: 'unknown', source: 'live' },
];

describe('models as choices', () => {
  it('show window and price in columns where the terminal is wide enough', () => {
    expect(modelChoices(MODELS, 120).map(({ name }) => name)).to.deep.equal([
      'large         1.05M context  $2.5 in, $15 out per million',
      'middle-sized   128k context',
      'unknown',
    ]);
  });

  it('show them below the list where it is narrow, so that no line breaks', () => {
    const choices = modelChoices(MODELS, 60);
    expect(choices.map(({ name }) => name)).to.deep.equal(['large', 'middle-sized', 'unknown']);
    expect(choices[0]).to.include({ description: 'Acme Large, 1.05M context, $2.5 in, $15 out per million' });
    expect(choices[2]).to.not.have.property('description');
  });

  it('take a name as it was typed, unless it is in the list', () => {
    const others = otherModel(MODELS);
    expect(others('')).to.deep.equal([]);
    expect(others('large')).to.deep.equal([]);
    expect(others('larg')[0]).to.include({ value: 'larg' });
  });
});
