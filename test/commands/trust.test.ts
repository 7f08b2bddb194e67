import { expect } from 'chai';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isTrusted } from '../../src/config/trust.ts';
import { CLAUDEX, runCli } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { runProcess } from '../support/run-process.ts';
import { startInTerminal } from '../support/terminal.ts';

const HARMLESS = 'log_level = "warn"\n';
const POWERFUL = `
claude_binary = "./bin/claude"
proxy_token = "secret-token"
[[profiles]]
name = "theirs"
base_url = "https://theirs.example"
default_model = "m\\u001b[2J"
api_key = "secret-key"
custom_headers = { authorization = "Bearer secret-header", X-Title = "hello" }
extra_env = { NODE_OPTIONS = "--inspect", OTHER_API_KEY = "secret-variable", DB = "postgres://u:secret-password@db" }
options = { auth = { clientSecret = "secret-option" }, note = "pre secret-key" }
`;

describe('claudex trust', () => {
  let home: IsolatedHome;
  let file: string;
  let state: string;
  beforeEach(async () => {
    home = await isolatedHome();
    file = join(home.work, 'claudex.toml');
    state = join(home.home, '.local', 'share', 'claudex', 'state');
  });
  afterEach(() => home.close());

  it('shows what the file would do beyond what every project file may, without secrets', async () => {
    writeFileSync(file, HARMLESS + POWERFUL);
    const { stderr, code } = await runCli(home, ['trust']);
    expect(code).to.equal(3);
    for (const line of [
      'claude_binary = "./bin/claude"',
      'profiles.theirs.base_url = "https://theirs.example"',
      'profiles.theirs.api_key = ********',
      'profiles.theirs.custom_headers.authorization = ********',
      'profiles.theirs.custom_headers.X-Title = "hello"',
      'profiles.theirs.extra_env.NODE_OPTIONS = "--inspect"',
      'profiles.theirs.extra_env.OTHER_API_KEY = ********',
      'profiles.theirs.extra_env.DB = "postgres://********@db"',
      'profiles.theirs.options.auth.clientSecret = ********',
      'profiles.theirs.options.note = "pre ********"',
      'proxy_token = ********',
    ]) {
      expect(stderr).to.contain(`  ${line}\n`);
    }
    expect(stderr).to.not.contain('log_level').and.to.not.contain('secret-').and.to.not.contain('\u{1b}');
  });

  it('does not ask without a terminal: exit code 3, what to do, and no trust', async () => {
    writeFileSync(file, POWERFUL);
    const calls = [['trust'], ['trust', '--json']].map((args) => runCli(home, args, { input: 'y\n' }));
    const [result, json] = await Promise.all(calls);
    expect(result).to.include({ code: 3, stdout: '' });
    expect(result?.stderr).to.contain('claudex trust --yes');
    expect(await isTrusted(state, file)).to.equal(false);
    expect(json?.code).to.equal(3);
    expect(JSON.parse(json?.stdout ?? '')).to.have.nested.property('error.code', 'cannot-ask');
  });

  it('accepts with --yes, from a folder below, once', async () => {
    writeFileSync(file, POWERFUL);
    const below = join(home.work, 'a', 'b');
    mkdirSync(below, { recursive: true });
    const first = await runCli(home, ['trust', '--yes'], { cwd: below });
    expect(first).to.include({ code: 0, stdout: `${file} is trusted now.\n` });
    expect(await isTrusted(state, file)).to.equal(true);
    const second = await runCli(home, ['trust']);
    expect(second).to.include({ code: 0, stdout: `${file} is already trusted.\n`, stderr: '' });
  });

  it('asks again after any change', async () => {
    writeFileSync(file, POWERFUL);
    await runCli(home, ['trust', '--yes']);
    writeFileSync(file, `${POWERFUL}\n`);
    expect((await runCli(home, ['trust'])).code).to.equal(3);
  });

  it('takes the file it is told, relative to the current folder', async () => {
    writeFileSync(join(home.work, 'other.yaml'), 'proxy_port: 1');
    const { code, stdout } = await runCli(home, ['trust', 'other.yaml', '--yes', '--json']);
    expect(code).to.equal(0);
    expect(JSON.parse(stdout)).to.deep.equal({ file: join(home.work, 'other.yaml'), trusted: true });
    expect(await isTrusted(state, join(home.work, 'other.yaml'))).to.equal(true);
  });

  it('says when there is nothing to trust: exit code 1', async () => {
    const [none, gone] = await Promise.all([
      runCli(home, ['trust', '--yes']),
      runCli(home, ['trust', 'gone.toml', '--yes']),
    ]);
    expect(none).to.include({ code: 1, stdout: '' });
    expect(none.stderr).to.contain('there is no project configuration');
    expect(gone).to.include({ code: 1, stdout: '' });
    expect(gone.stderr).to.contain('gone.toml does not exist');
  });

  it('says what to do in a folder that was removed: exit code 1', async function test() {
    if (process.platform === 'win32') this.skip();
    const gone = join(home.root, 'gone');
    mkdirSync(gone);
    const script = 'rmdir "$PWD" && exec "$0" "$@"';
    const result = await runProcess('/bin/sh', ['-c', script, process.execPath, CLAUDEX, 'trust'], {
      cwd: gone,
      environment: home.environment,
    });
    expect(result).to.include({ code: 1, stdout: '' });
    expect(result.stderr).to.contain('the current folder does not exist any more').and.to.contain('Change to a folder');
  });

  it('does not trust what could not be used: exit code 2', async () => {
    for (const text of ['proxy_port =', 'proxy_prot = 1', 'proxy_port = "x"']) {
      writeFileSync(file, text);
      const { code, stderr } = await runCli(home, ['trust', '--yes']);
      expect(code).to.equal(2);
      expect(stderr).to.contain('claudex.toml:1:');
      expect(await isTrusted(state, file)).to.equal(false);
    }
  });

  for (const [answer, key, code, trusted] of [
    ['yes', 'y\r', 0, true],
    ['no', 'n\r', 1, false],
    ['nothing but Enter', '\r', 1, false],
    ['Ctrl-C', '\u{3}', 1, false],
  ] as const) {
    it(`asks on a terminal, and takes ${answer} for ${trusted ? 'trust' : 'no'}`, async () => {
      writeFileSync(file, 'proxy_port = 1');
      const session = startInTerminal(home, ['trust']);
      try {
        await session.sees('as it is now?');
        session.press(key);
        expect(await session.exitCode()).to.equal(code);
        expect(await isTrusted(state, file)).to.equal(trusted);
      } finally {
        session.kill();
      }
    });
  }
});
