import { expect } from 'chai';
import type { ServerResponse } from 'node:http';
import { createNodeFetchClient } from '../../src/http/index.ts';
import type { LogEntry } from '../../src/proxy/log.ts';
import type { ProfileDirectory } from '../../src/proxy/profile-directory.ts';
import { PublicCatalogue } from '../../src/proxy/public-catalogue.ts';
import { serve, type TestServer } from '../support/serve.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { waitUntil } from '../support/wait-until.ts';

describe('the public list in the background of a proxy', () => {
  const folder = temporaryFolder();
  const client = createNodeFetchClient({});
  let server: TestServer;
  let asked = 0;
  let learnt = 0;
  let log: LogEntry[];
  let answer: (response: ServerResponse) => void;
  let catalogue: PublicCatalogue | undefined;

  beforeEach(async () => {
    [asked, learnt, log] = [0, 0, []];
    answer = (response) => void response.end('{"groq":{"models":{"a":{"id":"a","limit":{"context":5}}}}}');
    server = await serve((_request, response) => {
      asked += 1;
      answer(response);
    });
  });
  afterEach(async () => {
    catalogue?.close();
    await server.stop();
  });
  after(() => client.close());

  function start(refresh: boolean): void {
    const profiles = {
      base: { configuration: { catalogue: { refresh, url: `${server.url}/api.json` } } },
      descriptors: { providers: new Map([['groq', { id: 'groq', publicLists: ['groq'] }]]) },
      learnFacts: () => (learnt += 1),
    } as unknown as ProfileDirectory;
    const write = (entry: LogEntry): void => void log.push(entry);
    catalogue = new PublicCatalogue({ profiles, client, cacheFolder: folder(), log: write, firstMs: 0, everyMs: 5 });
  }

  it('is fetched once, and requests know of it from then on', async () => {
    start(true);
    await waitUntil('it was fetched', () => learnt === 1);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect({ asked, learnt, log }).to.deep.equal({ asked: 1, learnt: 1, log: [] });
  });

  it('is never fetched where it is switched off', async () => {
    start(false);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect({ asked, learnt }).to.deep.equal({ asked: 0, learnt: 0 });
  });

  it('costs one line for each time that it cannot be had', async () => {
    answer = (response) => void response.writeHead(503).end();
    start(true);
    await waitUntil('it failed twice', () => log.length >= 2);
    expect(log[0]).to.include({ level: 'warn', event: 'warning' });
    expect(String(log[0]?.['message'])).to.include('503');
    expect(learnt).to.equal(0);
  });

  it('is given up when the proxy ends', async () => {
    answer = () => undefined;
    start(true);
    await waitUntil('it was asked for', () => asked === 1);
    catalogue?.close();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect({ asked, log }).to.deep.equal({ asked: 1, log: [] });
  });
});
