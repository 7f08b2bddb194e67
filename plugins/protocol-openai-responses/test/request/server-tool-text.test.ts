import { expect } from 'chai';
import type { ContentBlock } from '@claudex/sdk';
import { searchBlocks, searchFailure } from '@claudex/sdk/codec';
import { assistant, user } from '@claudex/sdk/testing';
import { answered, encodeMessages, said } from './support/encode.ts';

const [SEARCH, FOUND] = searchBlocks('srvtoolu_1', { query: 'weather in Bern' }, [
  { url: 'https://example.org/bern', title: 'Bern today' },
]);

describe('telling what a provider ran itself', () => {
  it('puts a search and what it found into the text of the assistant', () => {
    const { input, losses } = encodeMessages([user('hi'), assistant(SEARCH, FOUND, 'It rains.')]);
    expect(input).to.deep.equal([
      said('hi'),
      answered(
        'Searched the web for: weather in Bern',
        'Search results:\n- Bern today: https://example.org/bern',
        'It rains.',
      ),
    ]);
    expect(losses.map(({ kind, path, feature }) => [kind, path, feature])).to.deep.equal([
      ['degraded', 'messages[1].content[0]', 'server_tool_use'],
      ['degraded', 'messages[1].content[1]', 'server_tool_result'],
    ]);
  });

  it('tells that a search failed', () => {
    const failure = searchFailure('srvtoolu_1', 'web_search', 'unavailable');
    expect(encodeMessages([assistant(failure)]).input).to.deep.equal([answered('The web search failed: unavailable.')]);
  });

  it('does so in what the user says, too', () => {
    const { input } = encodeMessages([user(FOUND)]);
    expect(input).to.deep.equal([said('Search results:\n- Bern today: https://example.org/bern')]);
  });

  it('records what cannot be told', () => {
    const run: ContentBlock = { type: 'server_tool_use', id: 'srvtoolu_1', name: 'code_execution', input: {} };
    const { input, losses } = encodeMessages([user('hi'), assistant(run)]);
    expect(input).to.deep.equal([said('hi')]);
    expect(losses.map(({ kind, path, feature }) => [kind, path, feature])).to.deep.equal([
      ['dropped', 'messages[1].content[0]', 'server_tool_use'],
    ]);
  });
});
