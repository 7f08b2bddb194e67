import { expect } from 'chai';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { isTrusted } from '../../src/config/trust.ts';
import { runCli } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import type { ProcessResult } from '../support/run-process.ts';
import { startInTerminal } from '../support/terminal.ts';

const modeOf = (file: string): number => statSync(file).mode & 0o777;

describe('claudex config init', () => {
  let home: IsolatedHome;
  beforeEach(async () => (home = await isolatedHome()));
  afterEach(() => home.close());

  for (const [args, name] of [
    [[], 'claudex.toml'],
    [['--yaml'], 'claudex.yaml'],
  ] as const) {
    it(`makes ${name}, private, trusted and without effect, and refuses to do it twice`, async () => {
      const file = join(home.work, name);
      const before = await runCli(home, ['config', '--json']);
      const { code, stdout } = await runCli(home, ['config', 'init', ...args]);
      expect({ code, stdout }).to.deep.equal({ code: 0, stdout: `Made ${file}. "claudex config edit" opens it.\n` });
      if (process.platform !== 'win32') expect(modeOf(file)).to.equal(0o600);
      expect(await isTrusted(join(home.home, '.local', 'share', 'claudex', 'state'), file)).to.equal(true);
      expect((await runCli(home, ['config', '--json'])).stdout).to.equal(before.stdout);
      const text = readFileSync(file, 'utf8');
      expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).to.deep.equal([]);
      expect(text).to.contain('proxy_port').and.to.not.contain(home.root);
      const again = await runCli(home, ['config', 'init', ...args]);
      expect(again).to.include({ code: 1, stdout: '' });
      expect(again.stderr).to.contain(`${file} exists`);
      expect(readFileSync(file, 'utf8')).to.equal(text);
    });
  }

  it('makes no second file that would never be read', async () => {
    mkdirSync(join(home.work, '.claudex'));
    writeFileSync(join(home.work, '.claudex', 'config.yml'), 'log_level: warn\n');
    const { code, stdout } = await runCli(home, ['config', 'init', '--json']);
    expect(code).to.equal(1);
    expect(JSON.parse(stdout)).to.have.nested.property('error.code', 'file-exists');
    expect(readdirSync(home.work)).to.deep.equal(['.claudex']);
  });

  it('does nothing where a file is named that does not exist: exit code 2', async () => {
    const { code, stderr } = await runCli(home, ['config', 'init', '--config', 'missing.toml']);
    expect(code).to.equal(2);
    expect(stderr).to.contain('missing.toml, which does not exist');
    expect(readdirSync(home.work)).to.deep.equal([]);
  });

  it('does not write through a link to nowhere', async function test() {
    if (process.platform === 'win32') this.skip();
    const target = join(home.root, 'elsewhere');
    symlinkSync(target, join(home.work, 'claudex.toml'));
    expect((await runCli(home, ['config', 'init'])).code).to.equal(1);
    expect(existsSync(target)).to.equal(false);
  });
});

const CONFIG = `# mine
proxy_port = 4000
default_profile = "work"
[model_aliases]
fast = "m-mini"   # aliases are kept
[[profiles]]
name = "work"
base_url = "https://a.example"
default_model = "m"
api_key = "secret-key-1"
strip_params = { List = ["top_p"] }
[profiles.query_params]
api-version = "1"
[timeouts]
idle_s = 60
`;

describe('claudex config recreate', () => {
  let home: IsolatedHome;
  beforeEach(async () => {
    home = await isolatedHome();
    await home.writeConfig(CONFIG);
  });
  afterEach(() => home.close());

  const merged = async (): Promise<string> => (await runCli(home, ['config', '--json'])).stdout;
  const backups = (): string[] => readdirSync(dirname(home.configFile)).filter((name) => name.includes('.bak.'));

  for (const format of ['toml', 'yaml'] as const) {
    it(`keeps every value of ${format.toUpperCase()}, and a private copy of the file as it was`, async () => {
      const file = home.configFile.replace('.toml', `.${format}`);
      if (format === 'yaml') await toYaml(home, file);
      const [before, text] = [await merged(), readFileSync(file, 'utf8')];
      const { code, stdout } = await runCli(home, ['config', 'recreate', '--force', '--json']);
      expect(code).to.equal(0);
      const { backup } = JSON.parse(stdout) as { backup: string };
      expect(backup).to.match(/config\.\w+\.bak\.\d{14}$/);
      expect(readFileSync(backup, 'utf8')).to.equal(text);
      if (process.platform !== 'win32') expect([modeOf(backup), modeOf(file)]).to.deep.equal([0o600, 0o600]);
      expect(await merged()).to.equal(before);
      const made = readFileSync(file, 'utf8');
      expect(made).to.contain('# Your settings').and.to.contain('proxy_max_streams').and.to.not.contain('# mine');
    });
  }

  it('writes the file that is named instead of the global one', async () => {
    const own = join(home.work, 'own.toml');
    writeFileSync(own, 'proxy_port = 4002\n');
    const { code, stdout } = await runCli(home, ['config', 'recreate', '--force', '--config', own, '--json']);
    expect(code).to.equal(0);
    expect(JSON.parse(stdout)).to.include({ file: own });
    expect(readFileSync(own, 'utf8')).to.contain('\nproxy_port = 4002\n').and.to.contain('#[timeouts]');
    expect(readFileSync(home.configFile, 'utf8')).to.equal(CONFIG);
  });

  it('writes nothing where the named file is missing, or is JSON: exit code 2', async () => {
    const json = join(home.work, 'own.json');
    writeFileSync(json, '{"proxy_port": 1}');
    for (const named of ['missing.toml', json]) {
      const { code, stderr } = await runCli(home, ['config', 'recreate', '--force', '--config', named]);
      expect(code, stderr).to.equal(2);
    }
    expect(readdirSync(home.work)).to.deep.equal(['own.json']);
    expect(readFileSync(home.configFile, 'utf8')).to.equal(CONFIG);
  });

  it('asks, and without a terminal does nothing but say what to do: exit code 3', async () => {
    const { code, stderr } = await runCli(home, ['config', 'recreate'], { input: 'y\n' });
    expect(code).to.equal(3);
    expect(stderr).to.contain('claudex config recreate --force');
    expect(readFileSync(home.configFile, 'utf8')).to.equal(CONFIG);
    expect(backups()).to.deep.equal([]);
  });

  it('does what is answered on a terminal', async () => {
    for (const [answer, exitCode, count] of [
      ['n', 1, 0],
      ['y', 0, 1],
    ] as const) {
      const session = startInTerminal(home, ['config', 'recreate']);
      try {
        await session.sees('with your settings kept?');
        session.press(`${answer}\r`);
        expect(await session.exitCode()).to.equal(exitCode);
      } finally {
        session.kill();
      }
      expect(backups()).to.have.length(count);
    }
  });

  it('leaves a broken file alone, because its values cannot be known', async () => {
    await home.writeConfig('proxy_prot = 1\n');
    const { code, stderr } = await runCli(home, ['config', 'recreate', '--force']);
    expect(code).to.equal(2);
    expect(stderr).to.contain('did you mean "proxy_port"?');
    expect(readFileSync(home.configFile, 'utf8')).to.equal('proxy_prot = 1\n');
    expect(backups()).to.deep.equal([]);
  });

  it('writes to where a link of the user leads, and leaves the link', async function test() {
    if (process.platform === 'win32') this.skip();
    const target = join(home.root, 'dotfiles.toml');
    writeFileSync(target, 'proxy_port = 4001\n');
    await runCli(home, ['config', 'recreate', '--force']);
    rmSync(home.configFile);
    symlinkSync(target, home.configFile);
    expect((await runCli(home, ['config', 'recreate', '--force'])).code).to.equal(0);
    expect(lstatSync(home.configFile).isSymbolicLink()).to.equal(true);
    expect(readFileSync(target, 'utf8')).to.contain('\nproxy_port = 4001\n').and.to.contain('#[timeouts]');
  });
});

async function toYaml(home: IsolatedHome, file: string): Promise<void> {
  const args = ['config', 'export', '--secrets', '--format', 'yaml', '-o', file];
  const exported: ProcessResult = await runCli(home, args);
  expect(exported.code, exported.stderr).to.equal(0);
  rmSync(home.configFile);
}
