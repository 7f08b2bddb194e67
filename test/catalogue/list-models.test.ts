import { expect } from 'chai';
import type { Provider } from '@claudex/sdk';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { cachedFacts, listModels, namedRows, type CatalogueIo } from '../../src/catalogue/index.ts';
import { createNodeFetchClient } from '../../src/http/index.ts';
import { knowModel } from '../../src/router/index.ts';
import { serve, type SeenRequest, type TestServer } from '../support/serve.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { boundTo } from './support/bound.ts';

const DAY_MS = 24 * 3_600_000;

const vendor: Provider = {
  specVersion: 1,
  id: 'vendor',
  title: 'Vendor',
  protocol: 'openai-chat',
  models: { default: 'big', haiku: 'small' },
  knownModels: [
    { id: 'big', contextWindow: 100_000, maxOutputTokens: 10_000, price: { input: 1, output: 2 } },
    { id: 'old', contextWindow: 1_000 },
  ],
};
const VENDOR = 'provider = "vendor"\n';
const CHAT = 'provider_type = "OpenAICompatible"\ndefault_model = "big"\n';

describe('listing the models of a profile', () => {
  const folder = temporaryFolder();
  const client = createNodeFetchClient({});
  let server: TestServer;
  let answer: (request: SeenRequest, response: ServerResponse) => void;

  beforeEach(async () => {
    answer = (_request, response) => json(response, { data: [{ id: 'big', context_length: 200_000 }, { id: 'new' }] });
    server = await serve((request, response) => answer(request, response));
  });
  afterEach(() => server.stop());
  after(() => client.close());

  const io = (more: Partial<CatalogueIo> = {}): CatalogueIo => ({
    client,
    cacheFolder: folder(),
    signal: new AbortController().signal,
    ...more,
  });
  const bound = (toml: string = VENDOR) => boundTo(`${toml}base_url = "${server.url}/v1"\n`, [vendor]);

  it('says that a list is not whole, also when it is remembered', async () => {
    const data = Array.from({ length: 2_001 }, (_, index) => ({ id: `m${index}` }));
    answer = (_request, response) => json(response, { data });
    const profile = await bound();
    for (const source of ['live', 'cached']) {
      const list = await listModels(profile, io());
      expect(list.source).to.equal(source);
      expect(list.note).to.contain('"p" lists more models').and.contain('first 2,000');
    }
    data.length = 2_000;
    expect(await listModels(profile, io({ refresh: true }))).to.not.have.property('note');
  });

  it('asks with the real credential, once a day, and anew when that is wanted', async () => {
    const profile = await bound(`${VENDOR}custom_headers = { x-team = "blue" }\nquery_params = { region = "eu" }\n`);
    expect(await listModels(profile, io())).to.include({ source: 'live' });
    expect(await listModels(profile, io())).to.include({ source: 'cached' });
    expect(await listModels(profile, io({ refresh: true }))).to.include({ source: 'live' });
    expect(server.seen.map(({ method, url }) => `${method} ${url}`)).to.deep.equal([
      'GET /v1/models?region=eu',
      'GET /v1/models?region=eu',
    ]);
    expect(server.seen[0]?.headers).to.include({ authorization: 'Bearer sk-of-p-0123456789', 'x-team': 'blue' });
  });

  it('puts what the provider says over what the plugin knows, and adds what only the profile names', async () => {
    const { models, note } = await listModels(await bound(), io());
    expect(note).to.equal(undefined);
    expect(models).to.deep.equal([
      { id: 'big', contextWindow: 200_000, maxOutputTokens: 10_000, price: { input: 1, output: 2 }, source: 'live' },
      { id: 'new', source: 'live' },
      { id: 'small', source: 'plugin' },
    ]);
  });

  it('puts what the profile says over both', async () => {
    const { models } = await listModels(
      await bound(`${VENDOR}context_window = 50000\nmax_output_tokens = 5000\n`),
      io(),
    );
    expect(models[0]).to.include({ id: 'big', contextWindow: 50_000, maxOutputTokens: 5_000, source: 'override' });
  });

  it('serves the list of yesterday with a note when the provider is down', async () => {
    const profile = await bound();
    await listModels(profile, io());
    await age(folder(), 2 * DAY_MS);
    answer = (_request, response) => json(response, { error: { message: 'maintenance' } }, 503);
    const list = await listModels(profile, io());
    expect(list).to.include({ source: 'cached' });
    expect(list.models.map(({ id }) => id)).to.deep.equal(['big', 'new', 'small']);
    expect(list.note).to.match(/^Vendor answered with status 503 .*; this is the list of \d{4}-\d\d-\d\d$/);
    await server.stop();
    expect((await listModels(profile, io())).note).to.include('gave no list of models');
  });

  it('asks again after a day', async () => {
    const profile = await bound();
    await listModels(profile, io());
    await age(folder(), DAY_MS + 60_000);
    expect(await listModels(profile, io())).to.include({ source: 'live' });
  });

  it('asks a server on this machine again after a minute', async () => {
    const profile = await boundTo(`${VENDOR}base_url = "${server.url}/v1"\n`, [{ ...vendor, local: true }]);
    await listModels(profile, io());
    await age(folder(), 90_000);
    expect(await listModels(profile, io())).to.include({ source: 'live' });
  });

  for (const [what, status, body, words] of [
    ['refuses the key', 401, '{}', 'refused the key'],
    ['has no such route', 404, '{}', 'has no list of models'],
    ['answers with a page', 200, '<html>', 'no list of models'],
    ['answers with half a list', 200, '{"data":[{"id":"a"}', 'no list of models'],
    ['has an empty list', 200, '{"data":[]}', 'lists no models'],
    ['sends one elsewhere', 302, '', 'gave no list of models'],
  ] as const) {
    it(`falls back to what the plugin knows, with a note, when the provider ${what}`, async () => {
      answer = (_request, response) => response.writeHead(status, { location: `${server.url}/x` }).end(body);
      const list = await listModels(await bound(), io());
      expect(list).to.include({ source: 'plugin' });
      expect(list.models.map(({ id }) => id)).to.deep.equal(['big', 'small', 'old']);
      expect(list.note).to.include(words);
      expect(await readdir(folder())).to.deep.equal([]);
    });
  }

  it('follows the pages of Anthropic, and no more than ten', async () => {
    answer = ({ url }, response) => {
      const after = Number(new URL(url, server.url).searchParams.get('after_id') ?? 0);
      json(response, { data: [{ id: `${after + 1}` }], has_more: true, last_id: `${after + 1}` });
    };
    const { models } = await listModels(await bound('default_model = "1"\n'), io());
    expect(models.map(({ id }) => id)).to.deep.equal(Array.from({ length: 10 }, (_, at) => `${at + 1}`));
    expect(server.seen[0]).to.have.property('url', '/v1/v1/models?limit=1000');
    expect(server.seen[0]?.headers).to.include({ 'x-api-key': 'sk-of-p-0123456789' });
    expect(server.seen[1]).to.have.property('url', '/v1/v1/models?limit=1000&after_id=1');
  });

  it('takes 2,000 models and 8 MiB at most', async () => {
    answer = (_request, response) =>
      json(response, { data: Array.from({ length: 5_000 }, (_, at) => ({ id: `m-${at}` })) });
    expect((await listModels(await bound(CHAT), io())).models).to.have.length(2_001);
    answer = (_request, response) => json(response, { data: [{ id: 'a', text: 'x'.repeat(9 * 1024 * 1024) }] });
    expect((await listModels(await bound(), io())).note).to.include('no list of models');
  });

  it('ends when the caller gives up', async () => {
    answer = () => undefined;
    const caller = new AbortController();
    const listing = listModels(await bound(), io({ signal: caller.signal }));
    setTimeout(() => caller.abort(new Error('enough')), 50);
    expect(await listing.catch((error: Error) => error.message)).to.equal('enough');
  });

  it('keeps lists of two profiles apart, private, and without the key', async () => {
    await listModels(await bound(), io());
    const [name = ''] = await readdir(join(folder(), 'models'));
    const file = join(folder(), 'models', name);
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    expect(await readFile(file, 'utf8')).not.to.include('sk-of-p');
    await listModels(await boundTo(`${CHAT}base_url = "${server.url}/v2"\n`), io());
    expect(await readdir(join(folder(), 'models'))).to.have.length(2);
  });

  it('needs no answer for an upstream that the provider runs itself', async () => {
    const own: Provider = {
      ...vendor,
      start: async () => ({ baseUrl: '', credential: '', stop: async () => undefined }),
    };
    const list = await listModels(await boundTo(VENDOR, [own]), io());
    expect(list).to.include({ source: 'plugin' });
    expect(list).not.to.have.property('note');
  });

  it('remembers facts for those who cannot wait, however old they are', async () => {
    const profile = await bound();
    expect(cachedFacts(profile, folder())).to.equal(profile.knownModels);
    await listModels(profile, io());
    await age(folder(), 100 * DAY_MS);
    const knownModels = cachedFacts(profile, folder());
    expect(knownModels.map(({ id }) => id)).to.deep.equal(['big', 'new', 'old']);
    expect(knowModel({ ...profile, knownModels }, 'big').facts).to.include({
      contextWindow: 200_000,
      maxOutputTokens: 10_000,
    });
    expect(namedRows(profile, folder()).map(({ id, source }) => [id, source])).to.deep.equal([
      ['big', 'cached'],
      ['small', 'plugin'],
    ]);
  });

  it('takes a damaged file for none', async () => {
    const profile = await bound();
    await listModels(profile, io());
    const [name = ''] = await readdir(join(folder(), 'models'));
    for (const text of [
      '',
      '{"version":1',
      'null',
      '{"version":0,"fetchedAt":1,"models":[]}',
      '{"version":1,"models":7}',
    ]) {
      await writeFile(join(folder(), 'models', name), text);
      expect(cachedFacts(profile, folder())).to.equal(profile.knownModels);
      expect(await listModels(profile, io())).to.include({ source: 'live' });
    }
  });
});

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Makes what is remembered so much older, in milliseconds. */
async function age(cacheFolder: string, byMs: number): Promise<void> {
  for (const name of await readdir(join(cacheFolder, 'models'))) {
    const file = join(cacheFolder, 'models', name);
    const list = JSON.parse(await readFile(file, 'utf8')) as { fetchedAt: number };
    await writeFile(file, JSON.stringify({ ...list, fetchedAt: list.fetchedAt - byMs }));
  }
}
