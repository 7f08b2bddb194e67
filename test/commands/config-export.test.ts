import { expect } from 'chai';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeWorkspace, type Workspace } from '../config/support/workspace.ts';
import { runCli } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import type { ProcessResult } from '../support/run-process.ts';
import { startInTerminal } from '../support/terminal.ts';

const CONFIG = `proxy_token = "token-of-the-proxy"
hyperlinks = "off"
[model_aliases]
"with.dot" = "a \\"quoted\\" name\\nof two lines"
[[profiles]]
name = "work"
base_url = "https://a.example/"
default_model = "m"
api_key = "secret-key-1"
strip_params = "a, b"
custom_headers = { Authorization = "Bearer secret-header" }
options = { list = [1, 0.5, "x", { deep = true }], none = {}, text = "yes" }
[profiles.timeouts]
idle_s = 0.25
`;

describe('claudex config export', () => {
  let home: IsolatedHome;
  let workspace: Workspace;
  beforeEach(async () => {
    home = await isolatedHome();
    workspace = makeWorkspace();
    await home.writeConfig(CONFIG);
  });
  afterEach(async () => {
    workspace.remove();
    await home.close();
  });

  const exported = (...args: string[]): Promise<ProcessResult> => runCli(home, ['config', 'export', ...args]);

  for (const format of ['json', 'toml', 'yaml']) {
    it(`writes ${format.toUpperCase()} with --secrets that means the same when it is loaded, for its owner only`, async () => {
      const file = join(home.work, `out.${format}`);
      const { code, stdout, stderr } = await exported('--format', format, '--secrets', '-o', file);
      expect({ code, stdout, stderr }).to.deep.equal({ code: 0, stdout: `Exported to ${file}.\n`, stderr: '' });
      if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).to.equal(0o600);
      const original = await workspace.load({ configFile: home.configFile });
      const again = await workspace.load({ configFile: file });
      expect(again.values).to.deep.equal(original.values);
      expect(again.values.profiles[0]?.api_key).to.equal('secret-key-1');
    });

    it(`prints ${format.toUpperCase()} that loads, with its secrets masked`, async () => {
      const { code, stdout } = await exported('--format', format);
      expect(code).to.equal(0);
      expect(stdout).to.not.match(/secret-|token-of/);
      const { values } = await workspace.load({ configFile: workspace.write(`masked.${format}`, stdout) });
      expect(values.profiles[0]).to.include({ api_key: '********', name: 'work' });
    });
  }

  it('exports the same from TOML and from YAML', async () => {
    const { stdout: json } = await exported('--format', 'json');
    const yaml = join(home.work, 'same.yaml');
    await exported('--format', 'yaml', '--secrets', '-o', yaml);
    expect((await exported('--format', 'json', '--config', yaml)).stdout).to.equal(json);
  });

  it('refuses to print secrets', async () => {
    const { code, stdout, stderr } = await exported('--secrets');
    expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
    expect(stderr).to.contain('-o FILE').and.to.not.contain('secret-key');
  });

  it('replaces a file only with --force, or when somebody says so', async () => {
    const file = join(home.work, 'out.json');
    writeFileSync(file, 'precious', { mode: 0o644 });
    const refused = await exported('-o', 'out.json');
    expect(refused).to.include({ code: 3, stdout: '' });
    expect(refused.stderr).to.contain('Add --force');
    for (const [answer, exitCode, isWritten] of [
      ['n', 1, false],
      ['y', 0, true],
    ] as const) {
      const session = startInTerminal(home, ['config', 'export', '-o', 'out.json']);
      try {
        await session.sees('exists. Replace it?');
        session.press(`${answer}\r`);
        expect(await session.exitCode()).to.equal(exitCode);
      } finally {
        session.kill();
      }
      expect(readFileSync(file, 'utf8') !== 'precious').to.equal(isWritten);
    }
    writeFileSync(file, 'precious');
    expect((await exported('-o', 'out.json', '--force')).code).to.equal(0);
    expect(JSON.parse(readFileSync(file, 'utf8'))).to.include({ proxy_port: 13_456 });
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).to.equal(0o600);
  });

  it('says what TOML cannot say, and writes nothing', async () => {
    const environment = {
      CLAUDEX_PROFILES: '[{"name": "n", "provider": "openai", "options": {"a": [1, {"b": null}]}}]',
    };
    const file = join(home.work, 'out.toml');
    const args = ['config', 'export', '--format', 'toml', '-o', file];
    const { code, stderr } = await runCli(home, args, { environment });
    expect(code).to.equal(2);
    expect(stderr).to.contain('profiles.n.options.a[1].b').and.to.contain('--format json');
    expect(existsSync(file)).to.equal(false);
    expect((await exported('--format', 'yaml')).code).to.equal(0);
  });

  it('says that a file cannot be written', async () => {
    const { code, stderr } = await exported('-o', 'no/such/folder.json');
    expect(code).to.equal(1);
    expect(stderr).to.contain('cannot be written');
  });
});
