import { expect } from 'chai';
import { chatCompletion } from '../support/chat-answers.ts';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import type { TestServer } from '../support/serve.ts';
import { startInTerminal } from '../support/terminal.ts';
import { MODELS, provider, says } from '../trial/support/bench.ts';

const KEY = 'sk-key-in-the-file';

describe('claudex profile test', function () {
  this.timeout(60_000);
  let home: IsolatedHome;
  const upstreams: TestServer[] = [];
  beforeEach(async () => (home = await isolatedHome()));
  afterEach(async () => {
    await Promise.all(upstreams.splice(0).map((upstream) => upstream.stop()));
    await home.close();
  });

  const start = async (...answers: Parameters<typeof provider>): Promise<TestServer> => {
    const upstream = await provider(...answers);
    upstreams.push(upstream);
    return upstream;
  };
  const profile = (name: string, url: string, more = ''): string =>
    `[[profiles]]\nname = '${name}'\nprovider_type = 'OpenAICompatible'\nbase_url = '${url}'\ndefault_model = 'm'\napi_key = '${KEY}'\n${more}\n`;
  const test = (...args: string[]) => runCli(home, ['profile', 'test', ...args]);

  it('says how long a working profile took, and exits with 0', async () => {
    const upstream = await start({ models: says(200, MODELS) });
    await home.writeConfig(profile('work', `${upstream.url}/v1`));
    const { code, stdout, stderr } = await test('work');
    expect(stdout).to.match(/^work {2}OK \(\d+ ms\)\n$/);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    expect(upstream.seen.map(({ url, headers }) => [url, headers.authorization])).to.deep.equal([
      ['/v1/models', `Bearer ${KEY}`],
    ]);
  });

  it('says why a refused key failed and what to do, without the key, and exits with 1', async () => {
    const upstream = await start({ models: says(401, { error: { message: `Incorrect API key: ${KEY}` } }) });
    await home.writeConfig(profile('work', upstream.url));
    const { code, stdout } = await test('work');
    expect(code).to.equal(1);
    expect(stdout).to.match(/^work {2}FAIL: the key was refused \(status 401: .*\n {6}Check the key/);
    expect(stdout).to.not.include(KEY);
    const json = JSON.parse((await test('work', '--json')).stdout) as Record<string, unknown>;
    expect(json).to.include({ ok: false }).and.have.nested.property('error.code', 'profile-test-failed');
    expect(json).to.have.nested.property('profiles[0].problem.code', 'key-refused');
  });

  it('tests every enabled profile with "all", each in its own way, and sums up', async () => {
    const good = await start({ models: says(200, MODELS) });
    const chat = await start({ messages: says(200, chatCompletion('m', { text: 'OK' }, 0)) });
    await home.writeConfig(
      profile('one', good.url, `[profiles.query_params]\napi-version = '7'`) +
        profile('second', `${chat.url}/v1`) +
        profile('gone', `http://127.0.0.1:${await freePort()}`) +
        profile('off', good.url, 'enabled = false'),
    );
    const { code, stdout } = await test('all');
    expect(code).to.equal(1);
    const lines = stdout.split('\n');
    expect(lines[0]).to.match(/^one {5}OK \(\d+ ms\)$/);
    expect(lines[1]).to.match(/^second {2}OK \(\d+ ms\)$/);
    expect(lines[2]).to.match(/^gone {4}FAIL: http:\/\/127\.0\.0\.1:\d+ refused the connection$/);
    expect(lines.at(-2)).to.equal('2 of 3 profiles are OK.');
    expect(good.seen.map(({ url }) => url)).to.deep.equal(['/models?api-version=7']);
    expect(chat.seen.map(({ url }) => url)).to.deep.equal(['/v1/models', '/v1/chat/completions']);
  });

  it('tests a disabled profile that is named, and a built-in one', async () => {
    const upstream = await start({ models: says(200, MODELS) });
    await home.writeConfig(profile('off', upstream.url, 'enabled = false'));
    const { code, stdout } = await test('off', 'demo', 'off');
    expect(code).to.equal(0);
    expect(stdout).to.match(/^off {3}OK .*\ndemo {2}OK .*\n2 of 2/);
  });

  it('sends nothing when one of the names is unknown', async () => {
    const upstream = await start({ models: says(200, MODELS) });
    await home.writeConfig(profile('work', upstream.url));
    const { code, stderr } = await test('work', 'wrok');
    expect(code).to.equal(1);
    expect(stderr).to.include('there is no profile "wrok"').and.include('work');
    expect(upstream.seen).to.have.length(0);
  });

  it('fails helpfully when "all" means nobody', async () => {
    await home.writeConfig('');
    const { code, stderr } = await test('all');
    expect(code).to.equal(1);
    expect(stderr).to.include('no profile is configured yet').and.include('claudex profile add');
  });

  it('takes a profile that cannot be bound for a failed one, and leaves a login of claude alone', async () => {
    await home.writeConfig(
      `[[profiles]]\nname = 'odd'\nprovider = 'nobody-brings-this'\n[[profiles]]\nname = 'own'\nauth_type = 'oauth'\noauth_provider = 'claude'\nbase_url = 'http://127.0.0.1:9'\ndefault_model = 'm'\n`,
    );
    const { code, stdout } = await test('all');
    expect(code).to.equal(1);
    expect(stdout)
      .to.match(/^odd {2}FAIL: .*nobody-brings-this/)
      .and.match(/^own {2}SKIPPED: /m);
  });

  it('waits no longer than it is told to', async () => {
    const upstream = await start({ models: () => undefined });
    await home.writeConfig(profile('slow', upstream.url));
    const { code, stdout } = await test('slow', '--timeout', '1');
    expect(code).to.equal(1);
    expect(stdout).to.include('did not answer within 1 s').and.include('--timeout');
  });

  it('wants at least one name', async () => {
    const { code, stderr } = await test();
    expect(code).to.equal(2);
    expect(stderr).to.include('profile');
  });

  it('shows on a terminal how far it is, and the results at the end', async () => {
    let answer = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (answer = resolve));
    const upstream = await start({
      models: async (response) => {
        await waiting;
        says(200, MODELS)(response);
      },
    });
    await home.writeConfig(profile('patient', upstream.url) + profile('gone', `http://127.0.0.1:${await freePort()}`));
    const session = startInTerminal(home, ['profile', 'test', 'all', '--timeout', '50']);
    try {
      await session.sees('patient');
      answer();
      await session.sees('patient  OK (');
      await session.sees('gone  FAIL:');
      await session.sees('1 of 2 profiles are OK.');
      expect(await session.exitCode()).to.equal(1);
    } finally {
      session.kill();
    }
  });
});
