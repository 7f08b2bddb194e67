import { expect } from 'chai';
import type { Search, SearchResult } from '@claudex/sdk';
import { eventsOf, question } from '../../support/proxy.ts';
import { toolResults, type ChatScript } from '../../support/scripted-chat-upstream.ts';
import { waitUntil } from '../../support/wait-until.ts';
import { READ, searchingFor, startSearching, WEB_SEARCH, wiki } from './support/searching.ts';

const PATH = '/proxy/p/v1/messages';
const ONE_SEARCH: ChatScript = (_body, n) => (n === 0 ? searchingFor('cup') : { text: 'So be it.' });
const failure = (code: string): object => ({ type: 'web_search_tool_result_error', error_code: code });

const broken: [how: string, search: Search['search']][] = [
  ['rejects', () => Promise.reject(new TypeError('no'))],
  [
    'throws at once',
    () => {
      throw new Error('no');
    },
  ],
  ['finds something that is no list', async () => 'much' as unknown as SearchResult[]],
  ['finds nonsense only', async () => [5, null, { url: 'ftp://x/' }, {}] as unknown as SearchResult[]],
  ['asks an address that is none', async (_query, io) => (await io.fetch('file:///etc/passwd')) as never],
  ['uses a method that it may not', async (_query, io) => (await io.fetch('http://x/', { method: 'PUT' })) as never],
];

for (const stream of [true, false]) {
  describe(`a search that fails, ${stream ? 'streamed' : 'whole'}`, () => {
    for (const [how, search] of broken) {
      it(`is a result that says so, where the plugin ${how}`, async () => {
        await using chat = await startSearching(ONE_SEARCH, { searches: [wiki({ search })] });
        const { content, stop_reason: stopReason } = await chat.ask(stream);
        expect(content[2]).to.deep.include({ content: failure('unavailable') });
        expect(content[3]).to.include({ text: 'So be it.' });
        expect(stopReason).to.equal('end_turn');
        expect([...toolResults(chat.bodies()[1] ?? expect.fail()).values()][0]).to.contain('failed');
        const logged = chat.proxy.log.filter(({ event }) => event === 'search_failed');
        expect(logged).to.have.length(1);
        expect(logged[0]).to.include({ search: 'wiki', tool: 'web_search' });
      });
    }

    it('is a result that says so, where the model asked for nothing', async () => {
      for (const input of [{}, { query: ' ' }, { query: 5 }, 'no object']) {
        await using chat = await startSearching(
          (_body, n) => (n === 0 ? { toolCalls: [{ name: 'web_search', input }] } : { text: 'So be it.' }),
          { searches: [wiki()] },
        );
        const { content } = await chat.ask(stream);
        expect(content[1]).to.deep.include({ content: failure('invalid_tool_input') });
        expect(content[2]).to.include({ text: 'So be it.' });
      }
    });

    it('may run as often as the client allows, and then the model is told and answers', async () => {
      const search = wiki();
      await using chat = await startSearching((_body, n) => (n < 3 ? searchingFor(`try ${n}`) : { text: 'Enough.' }), {
        searches: [search],
      });
      const { content } = await chat.ask(stream, { tools: [{ ...WEB_SEARCH, max_uses: 2 }] });
      const results = content.filter(({ type }) => type === 'web_search_tool_result');
      expect(results).to.have.length(3);
      expect(results[2]).to.deep.include({ content: failure('max_uses_exceeded') });
      expect(content.at(-1)).to.include({ text: 'Enough.' });
      expect(search.asked).to.have.length(2);
      expect(chat.bodies()[3]).to.include({ tool_choice: 'none' });
    });

    it('never runs more than ten times, and a model that will not stop leaves an unfinished turn', async () => {
      const search = wiki();
      await using chat = await startSearching((_body, n) => searchingFor(`try ${n}`), { searches: [search] });
      const message = await chat.ask(stream, { tools: [{ ...WEB_SEARCH, max_uses: 500 }, READ] });
      expect(search.asked).to.have.length(10);
      expect(message.stop_reason).to.equal('pause_turn');
      expect(chat.bodies()).to.have.length(12);
    });

    it('is answered, but not followed by another round, where the model was cut off', async () => {
      await using chat = await startSearching(() => ({ ...searchingFor('cup'), finishReason: 'length' }), {
        searches: [wiki()],
      });
      const message = await chat.ask(stream);
      expect(message.stop_reason).to.equal('max_tokens');
      expect(message.content.at(-1)?.type).to.equal('web_search_tool_result');
      expect(chat.bodies()).to.have.length(1);
    });
  });
}

describe('a provider that fails in a later round', () => {
  const overloaded = { status: 503, body: { error: { message: 'Too busy.' } } };

  it('ends a stream with exactly one error', async () => {
    for (const later of [overloaded, { text: 'Half an answer', cutAfter: 2 }]) {
      await using chat = await startSearching((_body, n) => (n === 0 ? searchingFor('cup') : later), {
        searches: [wiki()],
      });
      const response = await chat.proxy.post(PATH, question({ stream: true, tools: [WEB_SEARCH] }));
      expect(response.status).to.equal(200);
      const types = eventsOf(await response.text()).map(({ type }) => type);
      expect(types.filter((type) => type === 'error')).to.have.length(1);
      expect(types.at(-1)).to.equal('error');
      expect(types).not.to.include('message_stop');
      const line = await waitUntil('the log', () => chat.proxy.log.find(({ event }) => event === 'exchange'));
      expect(line['fault']).to.be.a('string');
    }
  });

  it('gives a status to a client that waits for the whole', async () => {
    await using chat = await startSearching((_body, n) => (n === 0 ? searchingFor('cup') : overloaded), {
      searches: [wiki()],
    });
    const response = await chat.proxy.post(PATH, question({ tools: [WEB_SEARCH] }));
    expect(response.status).to.equal(503);
    expect(response.headers.get('x-claudex-attempts')).to.equal('2');
  });
});

describe('a provider that fails in the first round', () => {
  it('gives a status, also where the call of a search had begun', async () => {
    for (const first of [
      { status: 429, body: {} },
      { toolCalls: [{ name: 'web_search', input: { query: 'x' } }], cutAfter: 2 },
    ]) {
      await using chat = await startSearching(() => first, { searches: [wiki()] });
      const response = await chat.proxy.post(PATH, question({ stream: true, tools: [WEB_SEARCH] }));
      expect(response.status).to.be.greaterThan(400);
      await response.text();
    }
  });

  it('is mended as ever where it refuses a field, and the later rounds keep to it', async () => {
    const refused = { status: 400, body: { error: { message: 'Unsupported parameter: top_p', param: 'top_p' } } };
    await using chat = await startSearching(
      (body, n) => ('top_p' in body ? refused : n === 1 ? searchingFor('cup') : { text: 'So be it.' }),
      { searches: [wiki()] },
    );
    const { content } = await chat.ask(true, { top_p: 0.5 } as object);
    expect(content.at(-1)).to.include({ text: 'So be it.' });
    expect(chat.bodies().map((body) => 'top_p' in body)).to.deep.equal([true, false, false]);
  });
});

describe('a client during a search', () => {
  it('that leaves ends the search and asks nobody again', async () => {
    const begun = Promise.withResolvers<AbortSignal>();
    const search: Search['search'] = (_query, { signal }) => {
      begun.resolve(signal);
      return new Promise(() => undefined);
    };
    await using chat = await startSearching(ONE_SEARCH, { searches: [wiki({ search })] });
    const leaving = new AbortController();
    const sent = chat.proxy.fetch(PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(question({ stream: true, tools: [WEB_SEARCH] })),
      signal: leaving.signal,
    });
    const signal = await begun.promise;
    const response = await sent;
    leaving.abort();
    await response.text().catch(() => undefined);
    await waitUntil('the search to be ended', () => signal.aborted);
    const line = await waitUntil('the log', () => chat.proxy.log.find(({ event }) => event === 'exchange'));
    expect(line['finished']).to.equal(false);
    await chat.proxy.stop();
    expect(chat.bodies()).to.have.length(1);
  });

  it('that waits gets pings', async () => {
    const found = Promise.withResolvers<SearchResult[]>();
    await using chat = await startSearching(ONE_SEARCH, {
      searches: [wiki({ search: () => found.promise })],
      settings: '[profiles.timeouts]\nping_s = 0.05\n',
    });
    const response = await chat.proxy.post(PATH, question({ stream: true, tools: [WEB_SEARCH] }));
    let seen = '';
    const decoder = new TextDecoder();
    for await (const piece of response.body ?? []) {
      seen += decoder.decode(piece, { stream: true });
      const [, sinceCall = ''] = seen.split('server_tool_use');
      if (sinceCall.includes('"ping"')) found.resolve([]);
    }
    expect(eventsOf(seen).at(-1)?.type).to.equal('message_stop');
  });
});
