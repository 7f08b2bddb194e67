import { expect } from 'chai';
import { problemOfSearch } from '../../src/registry/check-descriptor.ts';

const SEARCH = { specVersion: 1, id: 'wiki', title: 'Wiki', search: async () => [] };

describe('the descriptor of a search', () => {
  it('can be used with and without a way to read pages', () => {
    expect(problemOfSearch(SEARCH)).to.equal(undefined);
    expect(problemOfSearch({ ...SEARCH, fetchPage: async () => ({ url: '', text: '' }) })).to.equal(undefined);
  });

  const broken: [how: string, descriptor: unknown, problem: string][] = [
    ['is no object', 5, 'not an object'],
    ['has an id that is none', { ...SEARCH, id: 'A B' }, 'id'],
    ['has no title', { ...SEARCH, title: undefined }, 'title'],
    ['has another specVersion', { ...SEARCH, specVersion: 2 }, 'specVersion 2'],
    ['cannot search', { ...SEARCH, search: 'yes' }, 'no function search'],
    ['has a fetchPage that is no function', { ...SEARCH, fetchPage: {} }, 'fetchPage'],
  ];
  for (const [how, descriptor, problem] of broken) {
    it(`is left out where it ${how}`, () => {
      expect(problemOfSearch(descriptor)).to.contain(problem);
    });
  }
});
