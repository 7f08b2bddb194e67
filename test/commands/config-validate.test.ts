import { expect } from 'chai';
import { chmodSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BROKEN } from '../config/broken/index.ts';
import { makeWorkspace, type Workspace } from '../config/support/workspace.ts';
import { runCli } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { freePort } from '../support/free-port.ts';
import { MODELS, provider, says } from '../trial/support/bench.ts';

describe('claudex config validate', () => {
  let home: IsolatedHome;
  let workspace: Workspace;
  beforeEach(async () => {
    home = await isolatedHome();
    workspace = makeWorkspace();
  });
  afterEach(async () => {
    workspace.remove();
    await home.close();
  });

  const real = BROKEN.filter((broken) => broken.real === true);
  it('comes through the real program with at least fifteen kinds of broken files', () => {
    expect(real.length).to.be.at.least(15);
  });

  for (const { title, file, content, says, never = [], environment, exitCode = 2, unixOnly } of real) {
    it(`tells what is wrong, and exits with ${exitCode}: ${title}`, async function test() {
      if (unixOnly && process.platform === 'win32') this.skip();
      const configFile = typeof content === 'function' ? content(workspace) : workspace.write(file, content);
      const args = ['config', 'validate', '--json', '--config', configFile];
      const { code, stdout, stderr } = await runCli(home, args, environment === undefined ? {} : { environment });
      expect(code).to.equal(exitCode);
      const { error, valid, problems } = JSON.parse(stdout) as {
        error: { message: string };
        valid: boolean;
        problems: object[];
      };
      for (const words of says)
        expect(error.message).to.contain(words.startsWith(':') ? `${basename(configFile)}${words}` : words);
      for (const words of never) expect(stdout + stderr).to.not.contain(words);
      expect(valid).to.equal(false);
      expect(problems).to.have.length.greaterThan(0);
    });
  }

  it('lists everything that is wrong in all files and variables at once, on stderr', async () => {
    await home.writeConfig('proxy_port = 0\n');
    writeFileSync(join(home.work, 'claudex.toml'), 'log_level = "x"\n');
    const { code, stdout, stderr } = await runCli(home, ['config', 'validate'], {
      environment: { CLAUDEX_HYPERLINKS: 'perhaps' },
    });
    expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
    expect(stderr).to.contain(`${home.configFile}:1:1: proxy_port`).and.to.contain('claudex.toml:1:1: log_level');
    expect(stderr).to.contain('CLAUDEX_HYPERLINKS: hyperlinks').and.to.contain('3 problems');
  });

  it('lists more than the twenty problems that other commands show', async () => {
    await home.writeConfig(Array.from({ length: 50 }, (_, index) => `nonsense_${index} = 1\n`).join(''));
    const { stdout } = await runCli(home, ['config', 'validate', '--json']);
    expect((JSON.parse(stdout) as { problems: object[] }).problems).to.have.length(50);
  });

  it('warns of what works and should not stay so, and exits with 0', async () => {
    await home.writeConfig(
      [
        '[[profiles]]\nname = "open"\nbase_url = "https://a.example"\ndefault_model = "m"\napi_key = "secret-key-1"\n',
        '[[profiles]]\nname = "bare"\nbase_url = "https://b.example"\ndefault_model = "m"\n',
        '[[profiles]]\nname = "unset"\nprovider = "openai"\napi_key_env = "NOT_EXPORTED"\n',
        '[[profiles]]\nname = "kept"\nprovider = "openai"\napi_key_keyring = "no-such-entry"\n',
        '[[profiles]]\nname = "strange"\nprovider = "nobody"\n',
        '[[profiles]]\nname = "off"\nprovider = "nobody"\nenabled = false\n',
        '[[profiles]]\nname = "local"\nbase_url = "http://127.0.0.1:1"\ndefault_model = "m"\n',
      ].join(''),
    );
    chmodSync(home.configFile, 0o644);
    const environment = { CLAUDEX_PROXY_PROT: '1' };
    const { code, stdout, stderr } = await runCli(home, ['config', 'validate'], { environment });
    expect({ code, stdout }).to.deep.equal({ code: 0, stdout: 'The configuration is valid.\n' });
    expect(stderr).to.contain('CLAUDEX_PROXY_PROT: sets nothing; did you mean CLAUDEX_PROXY_PORT?');
    expect(stderr).to.contain(`${home.configFile}:5:1: profiles.open.api_key: the key stands readable in the file`);
    expect(stderr).to.contain('profiles.bare: names no key').and.to.contain('NOT_EXPORTED is not set');
    expect(stderr).to.contain('no entry "no-such-entry"').and.to.contain('provider "nobody", which no plugin brings');
    expect(stderr).to.not.match(/secret-key-1|profiles\.off|profiles\.local/);
    if (process.platform !== 'win32') expect(stderr).to.contain(`${home.configFile}: holds secrets`);
  });

  it('finds a profile that an untrusted project names and nobody has, which stops no other command', async () => {
    writeFileSync(join(home.work, 'claudex.toml'), '[router.rules]\ncode = "zzz"\n');
    const { code, stderr } = await runCli(home, ['config', 'validate']);
    expect(code).to.equal(2);
    expect(stderr).to.contain('claudex.toml:2:1: router.rules.code: there is no profile "zzz"');
    const listed = await runCli(home, ['profile', 'list']);
    expect(listed).to.include({ code: 0 });
    expect(listed.stderr).to.contain('names profiles that you do not have').and.to.not.contain('not trusted');
  });

  it('warns of files that are not read, because another one comes first', async () => {
    await home.writeConfig('');
    const unread = home.configFile.replace('.toml', '.yaml');
    writeFileSync(unread, 'proxy_port: 1\n');
    const { code, stderr } = await runCli(home, ['config', 'validate']);
    expect({ code, stderr }).to.deep.equal({
      code: 0,
      stderr: `Warning: ${unread}: is not read, because ${home.configFile} comes first\n`,
    });
  });

  it('asks the providers of enabled profiles with --connectivity, and exits with 1 when one cannot be used', async () => {
    const upstream = await provider({ models: says(200, MODELS) });
    const profile = (name: string, address: string): string =>
      `[[profiles]]\nname = "${name}"\nprovider_type = "OpenAICompatible"\nbase_url = "${address}"\ndefault_model = "m"\n`;
    try {
      await home.writeConfig(profile('up', upstream.url));
      const good = await runCli(home, ['config', 'validate', '--connectivity']);
      expect(good.code, good.stderr).to.equal(0);
      expect(good.stdout).to.match(/^The configuration is valid\.\nup {2}OK \(\d+ ms\)\n$/);
      await home.writeConfig(
        `${profile('up', upstream.url)}${profile('down', `http://127.0.0.1:${await freePort()}`)}`,
      );
      const bad = await runCli(home, ['config', 'validate', '--connectivity', '--json']);
      expect(bad.code).to.equal(1);
      const report = JSON.parse(bad.stdout) as { valid: boolean; connectivity: { name: string; ok: boolean }[] };
      expect(report).to.have.nested.property('error.code', 'connectivity-failed');
      expect(report.valid).to.equal(true);
      expect(report.connectivity.map(({ name, ok }) => [name, ok])).to.deep.equal([
        ['up', true],
        ['down', false],
      ]);
    } finally {
      await upstream.stop();
    }
  });
});
