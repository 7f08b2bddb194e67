import { expect } from 'chai';
import type { FetchedPage, Search } from '@claudex/sdk';
import { toolResults, type ChatScript } from '../../support/scripted-chat-upstream.ts';
import { calling, searchingFor, startSearching, WEB_FETCH, WEB_SEARCH, wiki } from './support/searching.ts';

const URL_ASKED = 'https://example.org/page';
const readingOf =
  (url: unknown): ChatScript =>
  (_body, n) =>
    n === 0 ? { toolCalls: [calling('web_fetch', { url })] } : { text: 'I have read it.' };
const pages = (fetchPage: NonNullable<Search['fetchPage']>): Search => wiki({ fetchPage });
const PAGE: FetchedPage = { url: URL_ASKED, title: 'A page', text: 'Its text.' };
const failure = (code: string): object => ({ type: 'web_fetch_tool_result_error', error_code: code });

for (const stream of [true, false]) {
  describe(`a page that a plugin reads, ${stream ? 'streamed' : 'whole'}`, () => {
    it('is one message with genuine blocks, and the model gets its text', async () => {
      await using chat = await startSearching(readingOf(URL_ASKED), { searches: [pages(async () => PAGE)] });
      const { content } = await chat.ask(stream, { tools: [WEB_FETCH] });
      const [call, result, text] = content;
      expect(call).to.deep.include({ type: 'server_tool_use', name: 'web_fetch', input: { url: URL_ASKED } });
      if (result?.type !== 'web_fetch_tool_result' || result.content.type !== 'web_fetch_result') expect.fail();
      expect(result.content.url).to.equal(URL_ASKED);
      expect(result.content.retrieved_at).to.match(/^\d{4}-\d\d-\d\dT/);
      expect(result.content.content).to.deep.equal({
        type: 'document',
        source: { type: 'text', media_type: 'text/plain', data: 'Its text.' },
        title: 'A page',
        citations: null,
      });
      expect(text).to.include({ text: 'I have read it.' });
      const [read] = toolResults(chat.bodies()[1] ?? expect.fail()).values();
      expect(read).to.contain('A page').and.to.contain('Its text.');
    });

    const refused: [how: string, url: unknown, code: string][] = [
      ['no address', 5, 'invalid_tool_input'],
      ['a word', 'page', 'invalid_tool_input'],
      ['another scheme', 'file:///etc/passwd', 'invalid_tool_input'],
      ['an address of this machine', 'http://127.0.0.1:1/', 'url_not_allowed'],
      ['a domain that the client blocks', 'https://blocked.example/', 'url_not_allowed'],
    ];
    for (const [how, url, code] of refused) {
      it(`is refused without asking the plugin, where the model names ${how}`, async () => {
        const asked: string[] = [];
        const search = pages(async (address) => {
          asked.push(address);
          return PAGE;
        });
        await using chat = await startSearching(readingOf(url), { searches: [search] });
        const { content } = await chat.ask(stream, { tools: [{ ...WEB_FETCH, blocked_domains: ['blocked.example'] }] });
        expect(content[1]).to.deep.include({ content: failure(code) });
        expect(asked).to.deep.equal([]);
      });
    }
  });
}

describe('a page that a plugin reads', () => {
  const nonsense: [how: string, page: unknown][] = [
    ['nothing', undefined],
    ['no object', 'text'],
    ['no text', { url: URL_ASKED }],
  ];
  for (const [how, page] of nonsense) {
    it(`is unavailable where the plugin answers ${how}`, async () => {
      const search = pages(async () => page as FetchedPage);
      await using chat = await startSearching(readingOf(URL_ASKED), { searches: [search] });
      const { content } = await chat.ask(true, { tools: [WEB_FETCH] });
      expect(content[1]).to.deep.include({ content: failure('unavailable') });
    });
  }

  it('is refused where it turns out to stand elsewhere', async () => {
    const search = pages(async () => ({ ...PAGE, url: 'http://192.168.0.1/' }));
    await using chat = await startSearching(readingOf(URL_ASKED), { searches: [search] });
    const { content } = await chat.ask(true, { tools: [WEB_FETCH] });
    expect(content[1]).to.deep.include({ content: failure('url_not_allowed') });
  });

  it('is cut to what the client allows', async () => {
    const search = pages(async () => ({ ...PAGE, text: 'x'.repeat(1000) }));
    await using chat = await startSearching(readingOf(URL_ASKED), { searches: [search] });
    const { content } = await chat.ask(true, { tools: [{ ...WEB_FETCH, max_content_tokens: 10 }] });
    expect(JSON.stringify(content[1])).to.contain(`"${'x'.repeat(40)}"`);
  });

  it('is offered beside a search, and only where the plugin can read pages', async () => {
    for (const [search, offered] of [
      [pages(async () => PAGE), ['web_search', 'web_fetch']],
      [wiki(), ['web_search']],
    ] as const) {
      await using chat = await startSearching(() => ({ text: 'Hello.' }), { searches: [search] });
      await chat.ask(true, { tools: [WEB_SEARCH, WEB_FETCH] });
      expect(chat.bodies()[0]?.tools?.map((tool) => tool.function.name)).to.deep.equal(offered);
    }
  });
});

describe('the domains of a search', () => {
  for (const [how, domains, found] of [
    ['allows', { allowed_domains: ['example.org'] }, ['https://en.example.org/cup']],
    ['blocks', { blocked_domains: ['example.org'] }, ['https://other.example.com/']],
  ] as const) {
    it(`that the client ${how} are told to the plugin, and its results are held to them`, async () => {
      const search = wiki();
      await using chat = await startSearching((_body, n) => (n === 0 ? searchingFor('cup') : { text: 'Well.' }), {
        searches: [search],
      });
      const { content } = await chat.ask(true, { tools: [{ ...WEB_SEARCH, ...domains } as never] });
      const result = content.find(({ type }) => type === 'web_search_tool_result');
      if (result?.type !== 'web_search_tool_result' || !Array.isArray(result.content)) expect.fail();
      expect(result.content.map(({ url }) => url)).to.deep.equal(found);
      const [asked] = search.asked;
      expect(asked?.allowedDomains ?? asked?.blockedDomains).to.deep.equal(['example.org']);
    });
  }
});
