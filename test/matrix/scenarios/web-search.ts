import { expect } from 'chai';
import type { Scenario } from '../support/scenario.ts';

const PAGE = { query: 'height of the tower', url: 'https://example.org/tower', title: 'The tower' };

export const webSearch: Scenario = {
  title: 'web search',
  script: ({ maySearch, turns }) => {
    if (maySearch) return { search: PAGE, text: 'The tower is 300 m high.' };
    if (turns > 0) return { text: 'SEARCHED' };
    return { calls: [{ name: 'WebSearch', input: { query: PAGE.query } }] };
  },
  async play({ session, seen }) {
    expect((await session('How high is the tower?', { tools: ['WebSearch'] })).text).to.equal('SEARCHED');
    expect(seen.map(({ maySearch }) => maySearch)).to.deep.equal([false, true, false]);
    const found = seen[2]?.results[0]?.text ?? '';
    expect(found).to.include(PAGE.url).and.to.include('300 m');
  },
};
