import { createServer, type Server } from 'node:http';
import { expect } from 'chai';
import type { Search, SearchIo } from '@claudex/sdk';
import { createNodeFetchClient, type UpstreamClient } from '../../../src/http/index.ts';
import { isAllowed } from '../../../src/proxy/search/domains.ts';
import { isPublicAddress } from '../../../src/proxy/search/public-address.ts';
import { runSearch, type SearchRun } from '../../../src/proxy/search/run-search.ts';
import { serve } from '../../support/serve.ts';
import { wiki } from './support/searching.ts';

const OFFERED = { tool: 'web_search', options: {}, maxUses: 8, maxLength: 1000 } as const;
const CALL = { id: 'srvtoolu_claudex_1', callId: '1', tool: 'web_search', input: { query: 'cup' } } as const;

describe('the limits of a search', () => {
  let upstream: UpstreamClient;
  let problems: string[];
  beforeEach(() => {
    upstream = createNodeFetchClient({});
    problems = [];
  });
  afterEach(() => upstream.close());

  const runOf = (search: Search, more: Partial<SearchRun> = {}): SearchRun => ({
    search,
    upstream,
    signal: new AbortController().signal,
    report: (problem) => problems.push(problem),
    ...more,
  });
  const errorOf = async (run: SearchRun): Promise<unknown> => {
    const { content } = await runSearch(CALL, OFFERED, run);
    return (content as { error_code?: unknown }).error_code;
  };

  it('end one that takes too long, although the plugin does not listen', async () => {
    const signals: AbortSignal[] = [];
    const search = wiki({
      search(_query, { signal }) {
        signals.push(signal);
        return new Promise(() => undefined);
      },
    });
    expect(await errorOf(runOf(search, { limitMs: 20 }))).to.equal('unavailable');
    expect(signals.map(({ aborted }) => aborted)).to.deep.equal([true]);
    expect(problems).to.deep.equal(['OverError']);
  });

  it('begin none for somebody who has left', async () => {
    const search = wiki();
    expect(await errorOf(runOf(search, { signal: AbortSignal.abort() }))).to.equal('unavailable');
    expect(search.asked).to.deep.equal([]);
  });

  it('give a plugin an answer up to 1 MiB, its head, and what it sends', async () => {
    const { url, stop } = await serve(({ method, headers, body }, response) =>
      response
        .writeHead(201, { 'x-heard': `${method} ${String(headers['x-key'])} ${body}` })
        .end('x'.repeat(2 * 1024 * 1024)),
    );
    const got: unknown[] = [];
    const search = wiki({
      async search(_query, io) {
        const answer = await io.fetch(url, { method: 'POST', headers: { 'X-Key': 'k' }, body: 'b' });
        got.push(answer.status, answer.headers['x-heard'], (await answer.text()).length);
        return [];
      },
    });
    expect((await runSearch(CALL, OFFERED, runOf(search))).content).to.deep.equal([]);
    expect(got).to.deep.equal([201, 'POST k b', 1024 * 1024]);
    await stop();
  });

  it('follow no redirect, and leave no connection behind', async () => {
    const server = createServer((_request, response) => response.writeHead(302, { location: '/x' }).end());
    const url = await listening(server);
    expect(await errorOf(runOf(wiki({ search: (_query, io) => asking(io, url) })))).to.equal('unavailable');
    expect(problems).to.deep.equal(['UpstreamError']);
    // Settles only when every connection has ended.
    await new Promise((resolve) => server.close(resolve));
  });

  it('cut long texts and many pages, and mend broken characters', async () => {
    const page = { url: 'https://a.example/', title: '\ud800', text: '😀'.repeat(5000) };
    const search = wiki({ search: async () => Array.from({ length: 50 }, () => page) });
    const { content } = await runSearch(CALL, OFFERED, runOf(search));
    expect(content).to.have.length(10);
    expect(JSON.stringify(content)).to.contain('\ufffd');
    expect(JSON.stringify(content).length).to.be.lessThan(150_000);
  });
});

describe('the domains of a client', () => {
  const cases: [url: string, domain: string, belongs: boolean][] = [
    ['https://example.org/', 'example.org', true],
    ['https://www.example.org/a', 'Example.org', true],
    ['https://notexample.org/', 'example.org', false],
    ['https://example.org.evil.test/', 'example.org', false],
    ['https://example.org/blog/1', 'example.org/blog', true],
    ['https://example.org/shop', 'example.org/blog', false],
    ['https://example.org/a/b', 'https://example.org/a/*', true],
    ['https://sub.example.org/', '*.example.org', true],
    ['https://example.org/', '', false],
  ];
  for (const [url, domain, belongs] of cases) {
    it(`have ${domain || 'nothing'} ${belongs ? 'hold' : 'not hold'} ${url}`, () => {
      expect(isAllowed(url, { allowedDomains: [domain] })).to.equal(belongs);
      expect(isAllowed(url, { blockedDomains: [domain] })).to.equal(!belongs);
    });
  }

  it('allow everything where none is named', () => expect(isAllowed('https://x.test/', {})).to.equal(true));
});

describe('an address of the public web', () => {
  for (const url of ['https://example.org/a', 'http://8.8.8.8/', 'https://[2606:4700::1111]/', 'https://a.b.co:8443/'])
    it(`is ${url}`, () => expect(isPublicAddress(url)).to.equal(true));
  const others = [
    'http://localhost/',
    'http://localhost./',
    'http://printer/',
    'http://a.localhost/',
    'http://nas.local/',
    'http://x.internal/',
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0.0.0.0/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://169.254.169.254/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'https://user:secret@example.org/',
    'ftp://example.org/',
    'nonsense',
  ];
  for (const url of others) it(`is not ${url}`, () => expect(isPublicAddress(url)).to.equal(false));
});

async function asking(io: SearchIo, url: string): Promise<[]> {
  await io.fetch(url);
  return [];
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
}
