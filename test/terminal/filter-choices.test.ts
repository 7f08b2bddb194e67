import { expect } from 'chai';
import { filterChoices } from '../../src/terminal/prompts/filter-choices.ts';

const CHOICES = [
  { value: 1, name: 'Acme Large', description: 'acme, https://api.acme.example' },
  { value: 2, name: 'Other (own URL)' },
  { value: 3, name: 'OpenAI' },
];
const found = (typed: string): number[] => filterChoices(CHOICES, typed).map(({ value }) => value);

describe('searching in a list of choices', () => {
  it('shows all of them before anything is typed', () => expect(found(' ')).to.deep.equal([1, 2, 3]));

  it('looks for every word, in any order and case, in names and descriptions', () => {
    expect(found('LARGE acme')).to.deep.equal([1]);
    expect(found('api.acme')).to.deep.equal([1]);
    expect(found('open')).to.deep.equal([3]);
    expect(found('nothing of the kind')).to.deep.equal([]);
  });
});
