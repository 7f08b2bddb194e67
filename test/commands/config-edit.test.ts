import { expect } from 'chai';
import { chmodSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isTrusted, recordTrust } from '../../src/config/trust.ts';
import { runCli } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import type { ProcessResult } from '../support/run-process.ts';
import { startInTerminal } from '../support/terminal.ts';

describe('claudex config edit', () => {
  let home: IsolatedHome;
  let project: string;
  let state: string;
  beforeEach(async () => {
    home = await isolatedHome();
    project = join(home.work, 'claudex.toml');
    state = join(home.home, '.local', 'share', 'claudex', 'state');
  });
  afterEach(() => home.close());

  /** An editor that replaces the file's text, or ends as it is told. */
  const editor = (text: string, code = 0): string => {
    const script = join(home.root, 'my editor.mjs');
    writeFileSync(
      script,
      `import { writeFileSync } from 'node:fs';\nconsole.log('opening', process.argv[2]);\nwriteFileSync(process.argv.at(-1), ${JSON.stringify(text)});\nprocess.exitCode = ${code};\n`,
    );
    return `"${process.execPath}" '${script}' --wait`;
  };
  const edit = (environment: { [name: string]: string }, ...args: string[]): Promise<ProcessResult> =>
    runCli(home, ['config', 'edit', ...args], { environment });

  it('opens the project file, else the global one, in the editor with its arguments; VISUAL comes first', async () => {
    const VISUAL = editor('log_level = "warn"\n');
    const made = await edit({ VISUAL, EDITOR: 'false' });
    expect(made).to.include({ code: 0, stderr: '' });
    expect(made.stdout).to.equal(`opening --wait\n${home.configFile} is changed and valid.\n`);
    expect(statSync(home.configFile).mode & 0o777).to.equal(0o600);
    writeFileSync(project, '');
    await edit({ EDITOR: VISUAL });
    expect(readFileSync(project, 'utf8')).to.equal('log_level = "warn"\n');
    const { stdout } = await edit({ EDITOR: VISUAL }, '--global', '--json');
    expect(JSON.parse(stdout)).to.deep.equal({ file: home.configFile, changed: false });
  });

  it('opens no file that is named and missing: exit code 2', async () => {
    const { code, stdout, stderr } = await edit({ EDITOR: editor('') }, '--config', 'missing.toml');
    expect({ code, stdout }).to.deep.equal({ code: 2, stdout: '' });
    expect(stderr).to.contain('missing.toml, which does not exist');
    expect(existsSync(join(home.work, 'missing.toml'))).to.equal(false);
  });

  it('opens a broken file, and says what is wrong with what was made of it', async () => {
    await home.writeConfig('proxy_port = = 3\n');
    expect(await edit({ EDITOR: editor('proxy_port = 3\n') })).to.include({ code: 0 });
    const { code, stderr } = await edit({ EDITOR: editor('proxy_port = "x"\n') });
    expect(code).to.equal(2);
    expect(stderr).to.contain(`${home.configFile}:1:1: proxy_port`);
  });

  it('fails when the editor fails or does not exist, and has none without a terminal', async () => {
    await home.writeConfig('');
    expect(await edit({ EDITOR: editor('', 7) })).to.include({ code: 1 });
    const missing = await edit({ EDITOR: 'no-such-editor' });
    expect(missing.code).to.equal(1);
    expect(missing.stderr).to.contain('no-such-editor cannot be started');
    expect(await edit({})).to.include({ code: 3 });
  });

  it('keeps the trust in a project file that had it, and gives none to one that had none', async () => {
    const EDITOR = editor('claude_binary = "/bin/true"\n');
    writeFileSync(project, 'log_level = "warn"\n');
    await edit({ EDITOR });
    expect(await isTrusted(state, project)).to.equal(false);
    writeFileSync(project, 'log_level = "warn"\n');
    await recordTrust(state, project);
    await edit({ EDITOR });
    expect(await isTrusted(state, project)).to.equal(true);
  });

  it('opens a global file in YAML, and makes no other one that would win over it', async () => {
    const yaml = home.configFile.replace('.toml', '.yaml');
    await home.writeConfig('');
    renameSync(home.configFile, yaml);
    const { code, stdout } = await edit({ EDITOR: editor('log_level: warn\n') });
    expect(code).to.equal(0);
    expect(stdout).to.contain(`${yaml} is changed and valid.`);
    expect(readFileSync(yaml, 'utf8')).to.equal('log_level: warn\n');
    expect(existsSync(home.configFile)).to.equal(false);
  });

  it('closes a file to others that holds a secret now', async () => {
    writeFileSync(project, '');
    chmodSync(project, 0o644);
    await edit({ EDITOR: editor('log_level = "warn"\n') });
    expect(statSync(project).mode & 0o777).to.equal(0o644);
    await edit({ EDITOR: editor('proxy_token = "secret"\n') });
    expect(statSync(project).mode & 0o777).to.equal(0o600);
  });

  it('says what to do where there is no project file', async () => {
    const { code, stderr } = await edit({ EDITOR: editor('') }, '--local');
    expect(code).to.equal(1);
    expect(stderr).to.contain('claudex config init');
    expect(existsSync(project)).to.equal(false);
  });

  it('offers on a terminal to open it again', async () => {
    await home.writeConfig('');
    const terminal = startInTerminal(home, ['config', 'edit'], { EDITOR: editor('proxy_port = "x"\n') });
    await terminal.sees('Open it again?');
    terminal.press('n\r');
    expect(await terminal.exitCode()).to.equal(2);
  });
});
