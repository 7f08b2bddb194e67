import { expect } from 'chai';
import type { JsonObject, ServerTool, ServerToolResultBlock, ServerToolUseBlock } from '@claudex/sdk';
import {
  searchBlocks,
  searchCitation,
  searchFailure,
  searchOptions,
  searchText,
  searchToolOf,
} from '@claudex/sdk/codec';
import { requestOf, tool } from '@claudex/sdk/testing';

function serverTool(type: string, declaration: JsonObject = {}): ServerTool {
  return { kind: 'server', type, name: type.slice(0, -9), declaration };
}

function fetched(content: JsonObject): ServerToolResultBlock {
  return { type: 'server_tool_result', result_type: 'web_fetch_tool_result', tool_use_id: 'srvtoolu_1', content };
}

describe('the search among the tools of a request', () => {
  it('is found by its dated type, whatever it is called', () => {
    const search = serverTool('web_search_20250305');
    const fetch = serverTool('web_fetch_20260209');
    const request = requestOf({ tools: [tool('web_search'), search, fetch, serverTool('bash_20250124')] });
    expect(searchToolOf(request, 'web_search')).to.equal(search);
    expect(searchToolOf(request, 'web_fetch')).to.equal(fetch);
    expect(searchToolOf(requestOf({ tools: [tool('web_search_2')] }), 'web_search')).to.equal(undefined);
  });

  it('says what the client asks for', () => {
    const location = { type: 'approximate', city: 'Oslo' };
    const declaration = {
      max_uses: 8,
      allowed_domains: ['a.example'],
      blocked_domains: ['b.example'],
      user_location: location,
    };
    expect(searchOptions(serverTool('web_search_20250305', declaration))).to.deep.equal({
      maxUses: 8,
      allowedDomains: ['a.example'],
      blockedDomains: ['b.example'],
      userLocation: location,
    });
  });

  it('says nothing of options that make no sense', () => {
    const nonsense: JsonObject[] = [
      {},
      { max_uses: 0, allowed_domains: [], blocked_domains: 'b.example', user_location: null },
      { max_uses: 1.5, allowed_domains: [7, ''], user_location: [] },
      { max_uses: '8' },
    ];
    for (const declaration of nonsense)
      expect(searchOptions(serverTool('web_search_20250305', declaration))).to.deep.equal({});
  });
});

describe('the blocks of a search', () => {
  const pages = [{ url: 'https://a.example', title: 'A', age: '2 days ago' }, { url: 'https://b.example' }];

  it('have the shape the client knows', () => {
    const [call, found] = searchBlocks('srvtoolu_1', { query: 'tea' }, pages);
    expect(call).to.deep.equal({
      type: 'server_tool_use',
      id: 'srvtoolu_1',
      name: 'web_search',
      input: { query: 'tea' },
    });
    expect(found).to.deep.include({ result_type: 'web_search_tool_result', tool_use_id: 'srvtoolu_1' });
    expect(found.content).to.deep.equal([
      {
        type: 'web_search_result',
        url: 'https://a.example',
        title: 'A',
        encrypted_content: '',
        page_age: '2 days ago',
      },
      {
        type: 'web_search_result',
        url: 'https://b.example',
        title: 'https://b.example',
        encrypted_content: '',
        page_age: null,
      },
    ]);
  });

  it('name a page in a citation', () => {
    expect(searchCitation({ url: 'https://b.example' }, 'so it says')).to.deep.equal({
      type: 'web_search_result_location',
      url: 'https://b.example',
      title: 'https://b.example',
      encrypted_index: '',
      cited_text: 'so it says',
    });
  });

  describe('as plain text', () => {
    const [call, found] = searchBlocks('srvtoolu_1', { query: 'tea' }, pages);

    it('say what was searched for and what was found', () => {
      expect(searchText(call)).to.equal('Searched the web for: tea');
      expect(searchText(found)).to.equal('Search results:\n- A: https://a.example\n- https://b.example');
      expect(searchText({ ...found, content: [] })).to.equal('The web search found nothing.');
      expect(searchText({ ...found, content: [7, {}, { title: 'A' }] })).to.equal('Search results:\n- A');
    });

    it('say what failed', () => {
      expect(searchText(searchFailure('srvtoolu_1', 'web_search', 'unavailable'))).to.equal(
        'The web search failed: unavailable.',
      );
      expect(searchText(searchFailure('srvtoolu_1', 'web_fetch', 'url_not_accessible'))).to.equal(
        'The fetch failed: url_not_accessible.',
      );
    });

    it('show a fetched page', () => {
      const input = { url: 'https://a.example' };
      const fetch: ServerToolUseBlock = { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_fetch', input };
      expect(searchText(fetch)).to.equal('Fetched the page: https://a.example');
      const source = { type: 'text', media_type: 'text/plain', data: 'Tea is hot.' };
      const page = { type: 'web_fetch_result', ...input, content: { type: 'document', title: 'A', source } };
      expect(searchText(fetched(page))).to.equal('Fetched page:\nA\nhttps://a.example\n\nTea is hot.');
    });

    it('name a fetched document that is no text', () => {
      const source = { type: 'base64', media_type: 'application/pdf', data: 'JVBERg==' };
      const page = {
        type: 'web_fetch_result',
        url: 'https://a.example',
        content: { type: 'document', title: null, source },
      };
      expect(searchText(fetched(page))).to.equal(
        'Fetched page:\nhttps://a.example\n\n(a document of type application/pdf, not shown)',
      );
      expect(searchText(fetched({ type: 'web_fetch_result' }))).to.equal(
        'Fetched page:\n\n(a document of type unknown, not shown)',
      );
    });

    it('say nothing about other tools and about rubbish', () => {
      const other: ServerToolUseBlock = { ...call, name: 'code_execution', input: { code: 'x' } };
      expect(searchText(other)).to.equal(undefined);
      expect(searchText({ ...call, input: { query: 7 } })).to.equal(undefined);
      expect(searchText({ ...found, result_type: 'code_execution_tool_result' })).to.equal(undefined);
      for (const content of [null, 'x', 7, {}, { error_code: 7 }]) {
        expect(searchText({ ...found, content })).to.equal(undefined);
        expect(searchText({ ...fetched({}), content })).to.equal(undefined);
      }
    });
  });
});
