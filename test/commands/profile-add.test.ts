import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import type { ChatRequest } from '../support/scripted-chat-upstream.ts';
import { startKeyedUpstream } from '../wizard/support/keyed-upstream.ts';

const KEY = 'key-of-the-wizard-4711';

describe('claudex profile add, by flags', function () {
  this.timeout(60_000);
  let home: IsolatedHome;
  let upstream: RecordingServer<ChatRequest>;
  beforeEach(async () => {
    home = await isolatedHome({ CLAUDEX_KEYRING: 'file', CLAUDEX_PROXY_PORT: String(await freePort()) });
    upstream = await startKeyedUpstream(KEY);
  });
  afterEach(async () => {
    await upstream.close();
    await home.close();
  });

  const own = (...more: string[]): string[] => {
    return ['profile', 'add', 'acme', '--base-url', `${upstream.url}/v1`, '--model', 'acme-large', ...more];
  };
  const written = (): string => (existsSync(home.configFile) ? readFileSync(home.configFile, 'utf8') : '');
  const secrets = (): string[] => {
    const folder = join(home.home, '.local', 'share', 'claudex', 'state', 'secrets');
    return existsSync(folder) ? readdirSync(folder) : [];
  };

  it('stores a piped key apart from the configuration, and the profile authenticates with it', async () => {
    const added = await runCli(home, own('--api-key-stdin', '--keyring'), { input: `${KEY}\n` });
    expect(added, added.stderr).to.include({ code: 0 });
    expect(added.stdout).to.contain(`Profile "acme" is saved in ${home.configFile}.\n`).and.contain('claudex run acme');
    expect(written()).to.contain('api_key_keyring = "acme-api-key"').and.to.not.contain(KEY);
    expect(secrets()).to.have.length(1);
    expect(added.stdout + added.stderr).to.not.contain(KEY);
    const tested = await runCli(home, ['profile', 'test', 'acme']);
    expect(tested, tested.stderr).to.include({ code: 0 });
    expect(upstream.requests.every(({ headers }) => headers.authorization === `Bearer ${KEY}`)).to.equal(true);
    expect(upstream.requests.length).to.be.greaterThan(1);
  });

  it('is usable through the proxy at once', async () => {
    await runCli(home, own('--api-key-stdin', '--keyring'), { input: KEY });
    const show = `fetch(process.env.ANTHROPIC_BASE_URL + '/v1/messages', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer ' + process.env.ANTHROPIC_AUTH_TOKEN },
      body: JSON.stringify({ model: 'm', max_tokens: 9, messages: [{ role: 'user', content: 'hi' }] }),
    }).then((answer) => answer.text()).then((text) => console.log(text))`;
    const environment = { CLAUDEX_CLAUDE_BINARY: process.execPath };
    const answered = await runCli(home, ['run', 'acme', '--eval', show, '--', '--chrome'], { environment });
    expect(answered, answered.stderr).to.include({ code: 0 });
    expect(answered.stdout).to.contain('hello');
    expect(upstream.requests.at(-1)?.headers.authorization).to.equal(`Bearer ${KEY}`);
  });

  it('writes a piped key in clear text only with a warning, into a file for its owner alone', async () => {
    const added = await runCli(home, own('--api-key-stdin', '--json'), { input: KEY });
    expect(added, added.stderr).to.include({ code: 0 });
    expect(added.stderr).to.contain('clear text').and.to.contain('--keyring').and.to.not.contain(KEY);
    const report = JSON.parse(added.stdout) as { profile: object; file: string; test: object };
    expect(report.profile).to.deep.equal({
      name: 'acme',
      provider_type: 'OpenAICompatible',
      base_url: `${upstream.url}/v1`,
      api_key: '********',
      default_model: 'acme-large',
    });
    expect(report).to.have.property('file', home.configFile);
    expect(report.test).to.include({ ok: true });
    expect(written()).to.contain(`api_key = "${KEY}"`);
    expect(statSync(home.configFile).mode & 0o777).to.equal(0o600);
  });

  it('stores of a variable its name alone', async () => {
    const added = await runCli(home, own('--api-key-env', 'ACME_KEY'), { environment: { ACME_KEY: KEY } });
    expect(added, added.stderr).to.include({ code: 0 });
    expect(written()).to.contain('api_key_env = "ACME_KEY"').and.to.not.contain(KEY);
  });

  it('takes slots, backups and the provider of a plugin, and writes no more than what differs from it', async () => {
    await runCli(home, own('--no-test'));
    const flags = ['--provider', 'openai', '--haiku', 'acme-small', '--backup', 'acme', '--api-key-env', 'OTHER_KEY'];
    const added = await runCli(home, ['profile', 'add', '--name', 'work', ...flags, '--no-test', '--json']);
    expect(added, added.stderr).to.include({ code: 0 });
    expect(JSON.parse(added.stdout)).to.deep.include({
      profile: {
        name: 'work',
        provider: 'openai',
        api_key_env: 'OTHER_KEY',
        models: { haiku: 'acme-small' },
        backup_providers: ['acme'],
      },
      test: null,
    });
  });

  it('uses the conventional variable of a provider where it is exported', async () => {
    const flags = ['profile', 'add', 'work', '--provider', 'openai', '--no-test'];
    const without = await runCli(home, flags);
    expect(without).to.include({ code: 2, stdout: '' });
    expect(without.stderr).to.contain('--api-key-env or --api-key-stdin');
    const added = await runCli(home, flags, { environment: { OPENAI_API_KEY: KEY } });
    expect(added, added.stderr).to.include({ code: 0 });
    expect(written()).to.contain('api_key_env = "OPENAI_API_KEY"');
  });

  it('keeps what does not work out of the configuration and the keyring: exit code 1', async () => {
    const before = await runCli(home, ['profile', 'list']).then(written);
    const refused = await runCli(home, own('--api-key-stdin', '--keyring'), { input: 'another-key' });
    expect(refused).to.include({ code: 1, stdout: '' });
    expect(refused.stderr).to.contain('the key was refused').and.contain('--yes').and.contain('--no-test');
    expect(written()).to.equal(before);
    expect(secrets()).to.deep.equal([]);
    const kept = await runCli(home, own('--api-key-stdin', '--keyring', '--yes'), { input: 'another-key' });
    expect(kept, kept.stderr).to.include({ code: 0 });
    expect(kept.stderr).to.contain('It does not work: ');
    expect(secrets()).to.have.length(1);
  });

  it('names every flag that is missing at once: exit code 2', async () => {
    const [nothing, some] = await Promise.all([
      runCli(home, ['profile', 'add']),
      runCli(home, ['profile', 'add', '--base-url', 'http://127.0.0.1:1', '--keyring']),
    ]);
    expect(nothing).to.include({ code: 2, stdout: '' });
    expect(nothing.stderr).to.contain('--name').and.contain('--provider').and.contain('--base-url and --model');
    expect(some).to.include({ code: 2, stdout: '' });
    expect(some.stderr).to.contain('--name').and.contain('--model').and.contain('--api-key-stdin');
  });

  it('makes up a name with --yes', async () => {
    const added = await runCli(home, ['profile', 'add', '--provider', 'demo', '--yes', '--json']);
    expect(added, added.stderr).to.include({ code: 0 });
    expect(JSON.parse(added.stdout)).to.deep.include({ profile: { name: 'demo-2', provider: 'demo' } });
  });

  it('sends those whose profile is there already to "profile edit": exit code 1', async () => {
    await runCli(home, own('--no-test'));
    const before = written();
    const again = await runCli(home, own('--no-test'));
    expect(again).to.include({ code: 1, stdout: '' });
    expect(again.stderr).to.contain('claudex profile edit acme');
    expect(written()).to.equal(before);
  });

  for (const [what, flags, words] of [
    ['a name that is reserved', ['auto', '--provider', 'demo'], 'reserved'],
    ['a name that cannot stand in an address', ['a/b', '--provider', 'demo'], 'a profile name'],
    ['two names', ['a', '--name', 'b', '--provider', 'demo'], 'two names'],
    ['an unknown provider', ['a', '--provider', 'nobody'], 'Known are: anthropic, azure'],
    ['an unknown protocol', ['a', '--provider-type', 'Gopher', '--provider', 'demo'], 'Known are: '],
    ['an unknown backup', ['a', '--provider', 'demo', '--backup', 'b'], '--backup'],
    ['an address that is none', ['a', '--base-url', 'acme', '--model', 'm'], '--base-url'],
    [
      'a login in an address',
      ['a', '--base-url', 'http://u:pass@acme.example', '--model', 'm'],
      'cannot carry a login',
    ],
    [
      'a key in the place of a variable',
      ['a', '--provider', 'openai', '--api-key-env', 'sk_Abcdefgh12345678'],
      'not the key itself',
    ],
    ['a key as the value of a flag', ['a', '--provider', 'openai', '--api-key', KEY], '--api-key-stdin'],
    ['a key from two places', ['a', '--provider', 'openai', '--api-key-env', 'K', '--api-key-stdin'], 'api-key-stdin'],
    ['no key where one is announced', ['a', '--provider', 'openai', '--api-key-stdin'], 'the key is empty'],
  ] as const) {
    it(`refuses ${what}: exit code 2`, async () => {
      const { code, stdout, stderr } = await runCli(home, ['profile', 'add', ...flags]);
      expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
      expect(stderr.replaceAll(/\s*›\s*|\s+/g, ' ')).to.contain(words);
      expect(stderr).to.not.contain(KEY).and.to.not.contain('pass@');
    });
  }

  it('saves into the file of the project with --local, and that file is trusted as it was written', async () => {
    const added = await runCli(home, own('--local', '--no-test'));
    expect(added, added.stderr).to.include({ code: 0 });
    const file = join(home.work, 'claudex.toml');
    expect(readFileSync(file, 'utf8')).to.contain('name = "acme"');
    expect(written()).to.not.contain('name = "acme"');
    const listed = await runCli(home, ['profile', 'list', '--json']);
    expect(JSON.parse(listed.stdout)).to.have.nested.property('profiles[0].name', 'acme');
    expect(listed.stderr).to.not.contain('trust');
  });

  it('neither trusts nor overwrites what stands in a project file that is not trusted', async () => {
    const file = join(home.work, 'claudex.toml');
    const theirs = '[[profiles]]\nname = "theirs"\nbase_url = "https://theirs.example"\ndefault_model = "m"\n';
    writeFileSync(file, theirs);
    const taken = ['profile', 'add', 'theirs', '--provider', 'demo', '--local', '--no-test'];
    const refused = await runCli(home, taken);
    expect(refused).to.include({ code: 1, stdout: '' });
    expect(refused.stderr).to.contain('there is a profile "theirs" already');
    expect(readFileSync(file, 'utf8')).to.equal(theirs);
    const added = await runCli(home, own('--local', '--no-test'));
    expect(added, added.stderr).to.include({ code: 0 });
    expect(added.stderr).to.contain('claudex trust');
    const listed = await runCli(home, ['profile', 'list', '--json']);
    expect(JSON.parse(listed.stdout)).to.deep.include({ profiles: [] });
  });

  it('does not take --local together with another file', async () => {
    await home.writeConfig('');
    const { code, stderr } = await runCli(home, own('--local', '--no-test', '--config', home.configFile));
    expect(code).to.equal(2);
    expect(stderr).to.contain('--local');
  });

  it('saves into the file that was named', async () => {
    const file = join(home.root, 'mine.yaml');
    writeFileSync(file, '# mine\n');
    const added = await runCli(home, own('--no-test', '--config', file));
    expect(added, added.stderr).to.include({ code: 0 });
    expect(readFileSync(file, 'utf8')).to.contain('# mine\n').and.to.contain('name: acme');
  });
});
