import { expect } from 'chai';
import type { Provider } from '@claudex/sdk';
import { mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { cachedFacts, listModels, namedRows, refreshPublic, type PublicIo } from '../../src/catalogue/index.ts';
import { createNodeFetchClient } from '../../src/http/index.ts';
import { serve, type SeenRequest, type TestServer } from '../support/serve.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { boundTo } from './support/bound.ts';

const DAY_MS = 24 * 3_600_000;

const groq: Provider = {
  specVersion: 1,
  id: 'groq',
  title: 'Groq',
  protocol: 'openai-chat',
  baseUrl: 'http://127.0.0.1:9/v1',
  models: { default: 'both', haiku: 'only-plugin', opus: 'only-public' },
  publicLists: ['groq'],
  knownModels: [
    { id: 'both', contextWindow: 1_000, quirks: { topK: true } },
    { id: 'only-plugin', contextWindow: 2_000 },
  ],
};

const CATALOGUE = {
  groq: {
    id: 'groq',
    models: {
      both: {
        id: 'both',
        limit: { context: 200_000, input: 150_000, output: 8_000 },
        cost: { input: 1, output: 2, cache_read: 0.1, context_over_200k: { input: 2, output: 3 } },
        modalities: { input: ['text', 'image', 'pdf'], output: ['text'] },
      },
      'only-public': { id: 'only-public', limit: { context: 131_072, output: 0 }, cost: { input: -1, output: 2 } },
      whisper: { id: 'whisper', modalities: { input: ['audio'], output: ['embedding'] } },
      broken: { id: 5, limit: 'none' },
    },
  },
  unheard: { models: { x: { id: 'x' } } },
};

describe('the public list of models', () => {
  const folder = temporaryFolder();
  const client = createNodeFetchClient({});
  let server: TestServer;
  let answer: (request: SeenRequest, response: ServerResponse) => void;
  let seen: SeenRequest[];

  beforeEach(async () => {
    seen = [];
    answer = (request, response) => {
      const isSame = request.headers['if-none-match'] === '"v1"';
      response.writeHead(isSame ? 304 : 200, { 'content-type': 'application/json', etag: '"v1"' });
      response.end(isSame ? '' : JSON.stringify(CATALOGUE));
    };
    server = await serve((request, response) => {
      seen.push(request);
      answer(request, response);
    });
  });
  afterEach(() => server.stop());
  after(() => client.close());

  const refresh = (more: Partial<PublicIo> = {}) =>
    refreshPublic({
      client,
      providers: [groq],
      cacheFolder: folder(),
      signal: new AbortController().signal,
      url: `${server.url}/api.json?token=secret`,
      ...more,
    });
  const file = (): string => join(folder(), 'models', 'public.json');
  const bound = () => boundTo('provider = "groq"\n', [groq]);

  /** Makes the copy older, as if the time had passed. */
  async function age(milliseconds: number): Promise<void> {
    const kept = JSON.parse(await readFile(file(), 'utf8')) as { askedAt: number };
    await writeFile(file(), JSON.stringify({ ...kept, askedAt: kept.askedAt - milliseconds }));
    const past = new Date(Date.now() - 10_000);
    await utimes(file(), past, past);
  }

  it('is fetched once a day, and then only if it has changed', async () => {
    expect(await refresh()).to.equal('new');
    expect(await refresh()).to.equal('same');
    expect(seen).to.have.length(1);
    await age(DAY_MS + 1_000);
    expect(await refresh()).to.equal('same');
    expect(seen.map(({ headers }) => headers['if-none-match'])).to.deep.equal([undefined, '"v1"']);
    expect(await refresh(), 'a 304 makes it fresh again').to.equal('same');
    expect(seen).to.have.length(2);
    expect(await refresh({ force: true })).to.equal('same');
    expect(seen).to.have.length(3);
  });

  it('is fetched anew from another address', async () => {
    await refresh();
    expect(await refresh({ url: `${server.url}/other.json` })).to.equal('new');
    expect(seen[1]?.headers).not.to.have.property('if-none-match');
  });

  it('is fetched anew for a provider that came since, whose models are then kept too', async () => {
    const late: Provider = { ...groq, id: 'late', publicLists: ['unheard'] };
    await refresh({ providers: [groq] });
    expect(await refresh({ providers: [late, groq] })).to.equal('new');
    expect(seen[1]?.headers).not.to.have.property('if-none-match');
    expect(cachedFacts(await boundTo('provider = "late"\n', [late]), folder()).map(({ id }) => id)).to.include('x');
    expect(await refresh({ providers: [groq, late] }), 'the order does not matter').to.equal('same');
    expect(seen).to.have.length(2);
  });

  it('says over the plugin what models hold and cost, and leaves the rest to the plugin', async () => {
    await refresh();
    const facts = cachedFacts(await bound(), folder());
    expect(facts.find(({ id }) => id === 'both')).to.deep.equal({
      id: 'both',
      contextWindow: 200_000,
      maxInputTokens: 150_000,
      maxOutputTokens: 8_000,
      modalities: { input: ['text', 'image', 'file'], output: ['text'] },
      price: { input: 1, output: 2, cacheRead: 0.1, long: { above: 200_000, input: 2, output: 3 } },
      quirks: { topK: true },
    });
    expect(facts.find(({ id }) => id === 'only-plugin')).to.include({ contextWindow: 2_000 });
    expect(facts.map(({ id }) => id)).to.have.members(['both', 'only-plugin', 'only-public']);
    expect(facts.find(({ id }) => id === 'only-public')).to.deep.equal({ id: 'only-public', contextWindow: 131_072 });
  });

  it('stands below what the profile and the provider say, and above the plugin', async () => {
    await refresh();
    const sources = (rows: readonly { id: string; source: string }[]) =>
      Object.fromEntries(rows.map(({ id, source }) => [id, source]));
    const expected = { both: 'public', 'only-plugin': 'plugin', 'only-public': 'public' };
    expect(sources(namedRows(await bound(), folder()))).to.deep.equal(expected);
    const list = { data: [{ id: 'both', context_length: 64_000 }] };
    const lists = await serve((_request, response) => void response.end(JSON.stringify(list)));
    try {
      const live = await boundTo(`provider = "groq"\nbase_url = "${lists.url}"\n`, [groq]);
      const signal = new AbortController().signal;
      const { models } = await listModels(live, { client, cacheFolder: folder(), signal });
      expect(sources(models)).to.deep.equal({ ...expected, both: 'live' });
      expect(models[0]).to.include({ contextWindow: 64_000, maxOutputTokens: 8_000 });
    } finally {
      await lists.stop();
    }
    const own = await boundTo('provider = "groq"\ncontext_window = 5000\n', [groq]);
    expect(namedRows(own, folder())[0]).to.include({ contextWindow: 5_000, source: 'override' });
  });

  it('is not used when it is older than a month', async () => {
    await refresh();
    await age(31 * DAY_MS);
    expect(cachedFacts(await bound(), folder())).to.deep.equal(groq.knownModels);
  });

  it('is kept small, and private', async () => {
    await refresh();
    expect(await readFile(file(), 'utf8'))
      .not.to.include('unheard')
      .and.not.to.include('whisper');
    if (process.platform !== 'win32') expect((await stat(file())).mode & 0o077).to.equal(0);
    expect(await readdir(join(folder(), 'models'))).to.deep.equal(['public.json']);
  });

  const broken: [what: string, reply: (response: ServerResponse) => void][] = [
    ['a web page', (response) => void response.end('<html>hello</html>')],
    ['half of it', (response) => void response.end(JSON.stringify(CATALOGUE).slice(0, 200))],
    ['another list', (response) => void response.end('{"data":[]}')],
    ['an error', (response) => void response.writeHead(500).end(JSON.stringify(CATALOGUE))],
    ['a redirect', (response) => void response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()],
    ['304 for nothing', (response) => void response.writeHead(304).end()],
    ['an endless text', (response) => endless(response)],
    ['silence', () => undefined],
  ];
  for (const [what, reply] of broken) {
    it(`stays as it was when ${what} comes instead, and says so in one line without the query`, async () => {
      await refresh();
      const before = await readFile(file(), 'utf8');
      answer = (_request, response) => reply(response);
      const fresh = { url: `${server.url}/api.json?token=other`, limitMs: what === 'silence' ? 300 : 20_000 };
      const outcome = await refresh(fresh);
      expect(outcome)
        .to.have.property('problem')
        .that.includes(`${server.url}/api.json`)
        .and.not.match(/token|\n/);
      expect(await readFile(file(), 'utf8')).to.equal(before);
    });
  }

  it('is nothing where the file is broken, and is written again', async () => {
    await mkdir(join(folder(), 'models'), { recursive: true });
    for (const text of [
      '',
      '{',
      '[]',
      '{"version":2}',
      '{"version":2,"url":"x","lists":{},"askedAt":1,"models":{"groq":[5]}}',
    ]) {
      await writeFile(file(), text);
      expect(cachedFacts(await bound(), folder())).to.deep.equal(groq.knownModels);
    }
    expect(await refresh()).to.equal('new');
  });

  it('gives up when the caller does', async () => {
    answer = () => undefined;
    const call = new AbortController();
    setTimeout(() => call.abort(), 50);
    const failure = await refresh({ signal: call.signal }).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(Error);
  });
});

/** More than anybody keeps. */
function endless(response: ServerResponse): void {
  const piece = Buffer.alloc(1024 * 1024, ' ');
  const write = (): void => {
    while (!response.destroyed) if (!response.write(piece)) return;
  };
  response.on('drain', write);
  write();
}
