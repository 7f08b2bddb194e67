import { expect } from 'chai';
import type { Scenario } from '../support/scenario.ts';

export const toolSearch: Scenario = {
  title: 'tool search',
  script: ({ turns }) =>
    [
      { calls: [{ name: 'ToolSearch', input: { query: 'select:WebFetch', max_results: 1 } }] },
      { calls: [{ name: 'WebFetch', input: { url: 'http://127.0.0.1:9/page', prompt: 'What is there?' } }] },
    ][turns] ?? { text: 'FOUND AND CALLED' },
  async play({ session, seen }) {
    const { text } = await session('Fetch that page.', { tools: ['WebFetch', 'ToolSearch'] });
    expect(text).to.equal('FOUND AND CALLED');
    expect(seen[0]?.tools).to.include('ToolSearch').and.to.not.include('WebFetch');
    expect(seen[1]?.tools).to.include('WebFetch');
    // Tools that were found are added at the end, so that the provider's cache of the others stays warm.
    expect(seen[1]?.tools.slice(0, seen[0]?.tools.length)).to.deep.equal(seen[0]?.tools);
    expect(seen[2]?.results).to.have.lengthOf(2);
  },
};
