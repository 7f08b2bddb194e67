import { expect } from 'chai';
import type { ModelFacts, Provider } from '@claudex/sdk';
import { createNodeFetchClient } from '../../src/http/index.ts';
import { settleProfile } from '../../src/local/index.ts';
import { configurationFrom } from '../support/configuration.ts';
import { freePort } from '../support/free-port.ts';
import { serve, type TestServer } from '../support/serve.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { localIo, localProvider } from './support/local-io.ts';

describe('settling what only a running server knows', () => {
  const folder = temporaryFolder();
  const client = createNodeFetchClient({});
  const servers: TestServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });
  after(() => client.close());

  /** A server that lists these models, which its plugin describes like this. */
  const running = async (id: string, rank: number, models: readonly ModelFacts[]): Promise<Provider> => {
    const list = JSON.stringify({ data: models.map((model) => ({ id: model.id })) });
    const server = await serve((_request, response) => response.end(list));
    servers.push(server);
    return localProvider(id, `${server.url}/v1`, rank, { describeModels: async () => models });
  };
  const dead = async (id: string, rank: number): Promise<Provider> =>
    localProvider(id, `http://127.0.0.1:${await freePort()}/v1`, rank);
  const settled = async (providers: readonly Provider[], wanted?: string, kept?: string) => {
    const { profiles } = await settleProfile(
      'local',
      await configurationFrom(''),
      localIo(client, folder(), providers),
      wanted,
      kept,
    );
    return profiles.map(({ name, provider, default_model: model }) => ({ name, provider, model }));
  };
  const failureOf = (promise: Promise<unknown>): Promise<{ code: string; message: string; remedy: string }> =>
    promise.then(
      () => expect.fail('nothing was wrong'),
      (error: { code: string; message: string; remedy: string }) => error,
    );

  it('makes "local" the running server of the lowest rank, with its best model', async () => {
    const first = await running('one', 2, [{ id: 'plain' }, { id: 'big-coder', tools: true }]);
    const providers = [await running('two', 3, [{ id: 'm', loaded: true }]), first, await dead('zero', 1)];
    expect(await settled(providers)).to.deep.equal([{ name: 'local', provider: 'one', model: 'big-coder' }]);
  });

  it('prefers a server that has the wanted model, and passes over one whose models cannot call tools', async () => {
    const providers = [await running('one', 1, [{ id: 'a', tools: false }]), await running('two', 2, [{ id: 'b' }])];
    expect(await settled(providers)).to.deep.equal([{ name: 'local', provider: 'two', model: 'b' }]);
    expect(await settled(providers, 'a')).to.deep.equal([{ name: 'local', provider: 'one', model: 'a' }]);
    expect(await settled(providers.slice(0, 1))).to.deep.equal([{ name: 'local', provider: 'one', model: 'a' }]);
  });

  it('keeps to the server of before while that has the wanted model', async () => {
    const [one, two] = [await running('one', 1, [{ id: 'a' }]), await running('two', 2, [{ id: 'b' }, { id: 'a' }])];
    expect(await settled([one, two], 'a', 'two')).to.deep.equal([{ name: 'local', provider: 'two', model: 'a' }]);
    expect(await settled([one, two], 'gone', 'two')).to.deep.equal([{ name: 'local', provider: 'one', model: 'a' }]);
  });

  it('shows a key only to a server that asks for one', async () => {
    const list = JSON.stringify({ data: [{ id: 'm' }] });
    const open = await serve((_request, response) => response.end(list));
    const closed = await serve(({ headers }, response) => {
      response.statusCode = headers.authorization === 'Bearer closed-key' ? 200 : 401;
      response.end(list);
    });
    servers.push(open, closed);
    const providers = [open, closed].map(({ url }, index) =>
      localProvider(`server${index}`, `${url}/v1`, index, { keyVariables: [`SERVER_${index}_KEY`] }),
    );
    const io = localIo(client, folder(), providers);
    const find = async (keys: NodeJS.ProcessEnv) =>
      (await settleProfile('local', await configurationFrom(''), { ...io, keys })).profiles[0]?.provider;
    expect(await find({ SERVER_0_KEY: 'open-key', SERVER_1_KEY: 'closed-key' })).to.equal('server0');
    const shown = (server: TestServer) => server.seen.map(({ headers }) => headers.authorization);
    expect(shown(open)).to.deep.equal([undefined]);
    expect(shown(closed)).to.deep.equal([undefined, 'Bearer closed-key']);
    await find({});
    expect(shown(closed)).to.deep.equal([undefined, 'Bearer closed-key', undefined]);
  });

  it('names in one error what was tried, why it is none, and how each is started', async () => {
    const page = await serve((_request, response) => response.end('<html>'));
    servers.push(page);
    const providers = [await dead('one', 1), localProvider('two', `${page.url}/v1`, 2)];
    const { code, message, remedy } = await failureOf(settled(providers));
    expect(code).to.equal('local-not-running');
    expect(message).to.match(
      /tried ONE at http:\/\/127\.0\.0\.1:\d+\/v1: cannot be reached \(ECONNREFUSED\); TWO at .*: answered with something/,
    );
    expect(remedy).to.equal('Start one. ONE: "start one", TWO: "start two".');
  });

  it('waits a second for a server that does not answer', async () => {
    const silent = await serve(() => undefined);
    servers.push(silent);
    const { message } = await failureOf(settled([localProvider('one', `${silent.url}/v1`, 1)]));
    expect(message).to.include('within 1 s');
  });

  it('says how a server gets a model that has none', async () => {
    const empty = await failureOf(settled([await running('one', 1, []), await dead('two', 2)]));
    expect(empty).to.include({ code: 'local-without-models', remedy: 'Run "add to one", then try again.' });
    const server = await running('one', 1, [{ id: 'only-embeds' }]);
    const useless = await failureOf(settled([{ ...server, describeModels: async () => [] }]));
    expect(useless).to.include({ code: 'local-without-models' });
  });

  it('leaves a configured profile "local" and all that need nothing as they are', async () => {
    const configuration = await configurationFrom(
      '[[profiles]]\nname = "local"\nbase_url = "http://127.0.0.1:9"\ndefault_model = "m"\n',
    );
    const io = localIo(client, folder(), [await dead('one', 1)]);
    expect(await settleProfile('local', configuration, io)).to.equal(configuration);
    expect(await settleProfile('nobody', configuration, io)).to.equal(configuration);
  });

  it('finds the model of a profile that names none, and asks for one that names it no more than its sizes', async () => {
    const provider = await running('one', 1, [{ id: 'a' }, { id: 'b-coder' }]);
    const io = localIo(client, folder(), [provider]);
    const configuration = await configurationFrom(
      '[[profiles]]\nname = "p"\nprovider = "one"\n[[profiles]]\nname = "q"\nprovider = "one"\ndefault_model = "a"\n',
    );
    const { profiles } = await settleProfile('p', configuration, io);
    expect(profiles.map(({ default_model: model }) => model)).to.deep.equal(['b-coder', 'a']);
    expect(await settleProfile('q', configuration, io)).to.equal(configuration);
    expect(servers[0]?.seen).to.have.length(2);
    await servers[0]?.stop();
    expect(await settleProfile('q', configuration, io)).to.equal(configuration);
    const { code, message, remedy } = await failureOf(settleProfile('p', configuration, io));
    expect(code).to.equal('model-not-found');
    expect(message).to.match(/^profile "p" names no default_model, and none can be found: .*/);
    expect(remedy).to.equal('Run "start one", or add default_model to the profile.');
  });
});
