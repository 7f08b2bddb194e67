import { expect } from 'chai';
import type { DescribeIo, Json, Provider } from '@claudex/sdk';
import type { ServerResponse } from 'node:http';
import { cachedFacts, listModels, liveFacts, type CatalogueIo } from '../../src/catalogue/index.ts';
import { createNodeFetchClient } from '../../src/http/index.ts';
import { serve, type SeenRequest, type TestServer } from '../support/serve.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { boundTo } from './support/bound.ts';

describe('asking a provider more about its models', () => {
  const folder = temporaryFolder();
  const client = createNodeFetchClient({});
  let server: TestServer;
  let more: (request: SeenRequest, response: ServerResponse) => void;

  beforeEach(async () => {
    server = await serve((request, response) => {
      if (request.url === '/v1/models')
        response.end(JSON.stringify({ data: [{ id: 'a', context_length: 100 }, { id: 'b' }] }));
      else more(request, response);
    });
  });
  afterEach(() => server.stop());
  after(() => client.close());

  const io = (): CatalogueIo => ({ client, cacheFolder: folder(), signal: new AbortController().signal });
  const bound = (describeModels: Provider['describeModels'], toml = '') =>
    boundTo(`provider = "vendor"\nbase_url = "${server.url}/v1"\n${toml}`, [
      {
        specVersion: 1,
        id: 'vendor',
        title: 'Vendor',
        protocol: 'openai-chat',
        models: { default: 'a' },
        ...(describeModels && { describeModels }),
      },
    ]);
  /** What the plugin hears on its question. */
  const heard = async (answer: typeof more): Promise<Json | undefined> => {
    more = answer;
    let answered: Json | undefined = 'never asked';
    const plugin = async ({ ask, listed }: DescribeIo) => {
      answered = await ask('/api/more');
      return listed;
    };
    await liveFacts(await bound(plugin), io());
    return answered;
  };

  it('puts what the plugin found in the place of the list, for all who ask later', async () => {
    more = ({ body }, response) => response.end(JSON.stringify({ echo: JSON.parse(body) as Json }));
    const profile = await bound(async ({ listed, wanted, ask }) => {
      expect(listed).to.deep.equal([{ id: 'a', contextWindow: 100 }, { id: 'b' }]);
      expect(wanted).to.deep.equal(['a', 'small']);
      expect(await ask('/api/show', { model: 'a' })).to.deep.equal({ echo: { model: 'a' } });
      return [{ id: 'a', contextWindow: 64_000, loaded: true, tools: true }];
    }, 'models = { haiku = "small" }\n');
    const { models } = await listModels(profile, io());
    expect(models).to.deep.equal([
      { id: 'a', contextWindow: 64_000, source: 'live' },
      { id: 'small', source: 'plugin' },
    ]);
    expect(cachedFacts(profile, folder())).to.deep.equal([
      { id: 'a', contextWindow: 64_000, loaded: true, tools: true },
    ]);
    const [, question] = server.seen;
    expect(question).to.include({ method: 'POST', url: '/api/show' });
    expect(question?.headers).to.include({
      authorization: 'Bearer sk-of-p-0123456789',
      'content-type': 'application/json',
    });
  });

  for (const [what, answer] of [
    ['a page', (_request, response) => response.end('<html>')],
    ['half an answer', (_request, response) => response.end('{"a":')],
    ['a refusal', (_request, response) => response.writeHead(404).end('{}')],
    ['a way elsewhere', (_request, response) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()],
    ['a closed connection', (_request, response) => response.destroy()],
    ['too much', (_request, response) => response.end(JSON.stringify('x'.repeat(5 * 1024 * 1024)))],
  ] as const satisfies readonly (readonly [string, typeof more])[]) {
    it(`tells the plugin nothing where it hears ${what}`, async () => {
      expect(await heard(answer)).to.equal(undefined);
    });
  }

  it('waits for no answer that takes more than two seconds, or never ends', async () => {
    expect(await heard(() => undefined)).to.equal(undefined);
    const drip = (_request: SeenRequest, response: ServerResponse): void => {
      const timer = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(timer));
    };
    expect(await heard(drip)).to.equal(undefined);
  });

  it('asks the host of the profile and no other, and not without end', async () => {
    more = (_request, response) => response.end('1');
    const answers: (Json | undefined)[] = [];
    const profile = await bound(async ({ ask, listed }) => {
      answers.push(await ask('api/x'), await ask('@127.0.0.1:9/x'), await ask('//127.0.0.1:9/x'));
      for (let calls = 0; calls < 40; calls += 1) answers.push(await ask('/api/x'));
      return listed;
    });
    await liveFacts(profile, io());
    expect(answers.slice(0, 3)).to.deep.equal([undefined, undefined, 1]);
    expect(answers.filter((answer) => answer === 1)).to.have.length(30);
  });

  for (const [what, plugin] of [
    ['throws', () => Promise.reject(new Error('no'))],
    [
      'throws at once',
      () => {
        throw new Error('no');
      },
    ],
    ['answers nonsense', async () => [{ name: 'a' }] as never],
    ['answers no list', async () => 7 as never],
    ['never answers', () => new Promise<never>(() => undefined)],
  ] as const satisfies readonly (readonly [string, Provider['describeModels']])[]) {
    it(`takes the list as it is where the plugin ${what}`, async () => {
      const found = await liveFacts(await bound(plugin), io());
      expect(found).to.deep.equal({ facts: [{ id: 'a', contextWindow: 100 }, { id: 'b' }] });
    });
  }

  it('ends when the caller gives up', async () => {
    const caller = new AbortController();
    const profile = await bound(() => {
      caller.abort(new Error('enough'));
      return new Promise<never>(() => undefined);
    });
    const asking = liveFacts(profile, { ...io(), signal: caller.signal });
    expect(await asking.catch((error: Error) => error.message)).to.equal('enough');
  });
});
