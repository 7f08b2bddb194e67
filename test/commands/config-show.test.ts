import { expect } from 'chai';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { startInTerminal } from '../support/terminal.ts';

const SECRETS = ['secret-in-file', 'secret-header', 'secret-variable', 'secret-option', 'secret-password'];
const CONFIG = `# my configuration, with api_key = "secret-in-file" once
proxy_port = 4000   # not the usual one
[model_aliases]
fast = "m-mini"
[[profiles]]
name = "work"
base_url = "https://a.example"
default_model = "m"
api_key = "secret-in-file"
api_key_env = "WORK_KEY"
custom_headers = { authorization = "Bearer secret-header", X-Title = "hello" }
extra_env = { DB = "postgres://u:secret-password@db" }
options = { auth = { clientSecret = "secret-option" } }
`;

describe('claudex config show', () => {
  let home: IsolatedHome;
  beforeEach(async () => {
    home = await isolatedHome({ WORK_KEY: 'secret-variable' });
    await home.writeConfig(CONFIG);
  });
  afterEach(() => home.close());

  it('prints every key with its value and where it comes from, also as plain "config"', async () => {
    writeFileSync(join(home.work, 'claudex.toml'), 'log_level = "warn"\n');
    const environment = { CLAUDEX_TIMEOUTS__IDLE_S: '7' };
    const [show, plain] = await Promise.all(
      [['config', 'show'], ['config']].map((args) => runCli(home, args, { environment })),
    );
    expect(show).to.include({ code: 0, stderr: '' });
    expect(plain).to.include({ code: 0, stdout: show?.stdout });
    const rows = new Map(
      (show?.stdout ?? '').split('\n').map((line) => [line.split(/\s{2,}/)[0], line.split(/\s{2,}/).slice(1)]),
    );
    expect(rows.get('proxy_port')).to.deep.equal(['4000', `${home.configFile}:2:1`]);
    expect(rows.get('log_level')).to.deep.equal(['"warn"', `${join(home.work, 'claudex.toml')}:1:1`]);
    expect(rows.get('timeouts.idle_s')).to.deep.equal(['7', 'CLAUDEX_TIMEOUTS__IDLE_S']);
    expect(rows.get('proxy_host')).to.deep.equal(['"127.0.0.1"', 'default']);
    expect(rows.get('profiles.work.api_key')).to.deep.equal(['"********"', `${home.configFile}:9:1`]);
  });

  it('knows which command was meant by another word behind "config"', async () => {
    const { code, stdout, stderr } = await runCli(home, ['config', 'shwo']);
    expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
    expect(stderr).to.contain('Did you mean "claudex config show"?');
  });

  it('prints the merged configuration with --json, and with --origin what each key overrides', async () => {
    const environment = { CLAUDEX_PROXY_PORT: '5000' };
    const json = JSON.parse((await runCli(home, ['config', 'show', '--json'], { environment })).stdout) as object;
    expect(json).to.include({ proxy_port: 5000, log_level: 'info' });
    expect(json).to.have.nested.property('profiles[0].name', 'work');
    const { stdout } = await runCli(home, ['config', 'show', '--json', '--origin'], { environment });
    expect((JSON.parse(stdout) as { proxy_port: object }).proxy_port).to.deep.equal({
      layer: 'environment',
      where: 'CLAUDEX_PROXY_PORT',
      value: 5000,
      overrides: [
        { layer: 'global', where: `${home.configFile}:2:1`, value: 4000 },
        { layer: 'defaults', value: 13_456 },
      ],
    });
  });

  for (const args of [
    ['show'],
    ['show', '--json'],
    ['show', '--json', '--origin'],
    ['show', '--raw'],
    ['show', '--raw', '--json'],
    ['export'],
    ['export', '--format', 'toml'],
    ['export', '--format', 'yaml'],
    ['validate', '--json'],
    ['get', 'profiles', '--origin'],
    ['get', 'profiles.work.api_key', '--json', '--origin'],
    ['get', 'profiles.work.options.auth.clientSecret'],
  ]) {
    it(`SEC-24: prints no secret: ${args.join(' ')}`, async () => {
      const { code, stdout, stderr } = await runCli(home, ['config', ...args]);
      expect(code, stderr).to.equal(0);
      for (const secret of SECRETS) expect(stdout + stderr).to.not.contain(secret);
      expect(stdout).to.not.equal('');
    });
  }

  it('prints the file with --raw: comments and layout as they are, secrets masked', async () => {
    const { stdout, stderr } = await runCli(home, ['config', 'show', '--raw']);
    expect(stderr).to.equal(`${home.configFile}:\n`);
    expect(stdout).to.contain('# my configuration').and.to.contain('proxy_port = 4000   # not the usual one\n');
    expect(stdout).to.contain('\napi_key = "********"\napi_key_env = "WORK_KEY"\n');
    expect(stdout.split('\n')).to.have.length(CONFIG.split('\n').length);
  });

  it('prints a broken file with --raw, too, and without its secrets', async () => {
    await home.writeConfig('[[profiles]\napi_key = "secret-in-file\nproxy_token = secret-variable\n');
    const { code, stdout } = await runCli(home, ['config', 'show', '--raw']);
    expect(code).to.equal(0);
    expect(stdout).to.contain('[[profiles]\napi_key = "********"').and.to.not.contain('secret-');
  });

  it('SEC-24: prints secrets with --raw on a terminal only after a yes', async () => {
    for (const [answer, isShown] of [
      ['y', true],
      ['n', false],
    ] as const) {
      const session = startInTerminal(home, ['config', 'show', '--raw']);
      try {
        await session.sees('with its secrets?');
        session.press(`${answer}\r`);
        await session.sees(isShown ? 'api_key = "secret-in-file"' : 'api_key = "********"');
        expect(await session.exitCode()).to.equal(0);
      } finally {
        session.kill();
      }
    }
  });

  it('says that there is no file, instead of printing nothing', async () => {
    const named = await runCli(home, ['config', 'show', '--raw', '--config', 'missing.toml']);
    expect(named).to.include({ code: 2, stdout: '' });
    expect(named.stderr).to.contain(`--config names ${join(home.work, 'missing.toml')}, which does not exist`);
    rmSync(home.configFile);
    const none = await runCli(home, ['config', 'show', '--raw']);
    expect(none).to.include({ code: 1, stdout: '' });
    expect(none.stderr).to.contain('there is no configuration file').and.to.contain('claudex config path');
  });
});

describe('claudex config path', () => {
  let home: IsolatedHome;
  beforeEach(async () => (home = await isolatedHome()));
  afterEach(() => home.close());

  it('lists the places in their order, with marks for what exists, what counts and what is not trusted', async () => {
    await home.writeConfig('broken [');
    writeFileSync(join(home.work, 'claudex.yaml'), 'proxy_port: 1\n');
    const below = join(home.work, 'a', 'b');
    mkdirSync(below, { recursive: true });
    const { code, stdout, stderr } = await runCli(home, ['config', 'path'], { cwd: below });
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    expect(stdout.split('\n')).to.deep.equal([
      ...['claudex.toml', 'claudex.yaml', 'claudex.yml'].map((name) => `- ${join(below, name)}`),
      ...['toml', 'yaml', 'yml'].map((extension) => `- ${join(below, '.claudex', `config.${extension}`)}`),
      `+ ${join(home.work, 'claudex.yaml')}  (project, not trusted, used)`,
      `+ ${home.configFile}  (global, used)`,
      `- ${home.configFile.replace('.toml', '.yaml')}`,
      `- ${home.configFile.replace('.toml', '.yml')}`,
      '',
    ]);
  });

  it('tells scripts the same, with all places', async () => {
    writeFileSync(join(home.work, 'claudex.toml'), '');
    writeFileSync(join(home.work, 'claudex.yml'), '');
    const { stdout } = await runCli(home, ['config', 'path', '--json']);
    const { active, files } = JSON.parse(stdout) as { active: string[]; files: { file: string; active: boolean }[] };
    expect(active).to.deep.equal([join(home.work, 'claudex.toml')]);
    expect(files.length).to.be.greaterThan(12);
    expect(files.find(({ file }) => file === join(home.work, 'claudex.yml'))).to.deep.include({
      layer: 'project',
      exists: true,
      active: false,
      trusted: null,
    });
  });

  it('puts the file first that the user named, and says when it is missing', async () => {
    await home.writeConfig('');
    writeFileSync(join(home.work, 'claudex.toml'), '');
    const own = join(home.work, 'own.toml');
    const environment = { CLAUDEX_CONFIG: own };
    const { code, stdout: variable, stderr } = await runCli(home, ['config', 'path'], { environment });
    expect(code).to.equal(2);
    expect(stderr).to.contain(`$CLAUDEX_CONFIG names ${own}, which does not exist`);
    const json = await runCli(home, ['config', 'path', '--json', '--config', own]);
    expect(json.code).to.equal(2);
    expect(JSON.parse(json.stdout)).to.have.nested.property('files[0].file', own);
    expect(JSON.parse(json.stdout)).to.have.nested.property('error.code', 'config-not-found');
    expect(await runCli(home, ['config', 'path', '--config', ''])).to.include({ code: 2, stdout: '' });
    expect(variable.split('\n')[0]).to.equal(`- ${own}  (missing)`);
    expect(variable).to.contain(`+ ${home.configFile}  (global, used)`);
    writeFileSync(own, '');
    const { stdout } = await runCli(home, ['config', 'path', '--config', 'own.toml']);
    expect(stdout.split('\n')[0]).to.equal(`+ ${own}  (the one you named, used)`);
    expect(stdout).to.contain(`+ ${join(home.work, 'claudex.toml')}  (not used: another one comes first)`);
    expect(stdout).to.contain(`+ ${home.configFile}  (not used: another one comes first)`);
  });
});
