import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'smol-toml';
import { CLAUDEX, runCli } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { runProcess, type ProcessResult } from '../support/run-process.ts';

const PROFILE = `# grok is nice
[[profiles]]
name = "grok" # its name
base_url = "https://example.com/v1"
default_model = "m"
strip_params = ["a", "b"] # not taken
`;

describe('claudex config set', () => {
  let home: IsolatedHome;
  beforeEach(async () => {
    home = await isolatedHome();
  });
  afterEach(() => home.close());
  const set = (...args: string[]): Promise<ProcessResult> => runCli(home, ['config', 'set', ...args]);
  const global = (): string => readFileSync(home.configFile, 'utf8');

  it('takes nothing for no profile: exit code 2', async () => {
    const { code, stderr } = await runCli(home, ['config', 'set', 'profiles.new', 'null']);
    expect(code).to.equal(2);
    expect(stderr).to.contain('profiles.new: expected a table');
  });

  it('changes one value and keeps comments, order and a list of parameters', async () => {
    await home.writeConfig(`proxy_port = 13456 # mine\n\n${PROFILE}`);
    expect(await set('proxy_port', '8080')).to.include({ code: 0, stdout: `Set proxy_port in ${home.configFile}.\n` });
    await set('profiles.grok.strip_params', '["a", "b", "c"]');
    await set('profiles.0.default_model', 'n');
    expect(global()).to.equal(
      `proxy_port = 8080 # mine\n\n${PROFILE}`.replace('"b"]', '"b", "c"]').replace('"m"', '"n"'),
    );
    expect(await runCli(home, ['config', 'get', 'profiles.grok.default_model'])).to.include({ stdout: 'n\n' });
    expect(statSync(home.configFile).mode & 0o777).to.equal(0o600);
  });

  it('makes the commented global file when there is none', async () => {
    const { stdout } = await set('log_level', 'warn', '--json');
    expect(JSON.parse(stdout)).to.deep.equal({
      key: 'log_level',
      file: home.configFile,
      changed: true,
      created: true,
    });
    expect(global()).to.match(/^#log_level = .*\nlog_level = "warn"$/m);
    expect(parse(global())).to.deep.equal({ log_level: 'warn' });
  });

  it('says once that it has made the file', async () => {
    const made = await set('log_level', 'warn');
    expect(made.stderr).to.equal(`Created ${home.configFile}, where everything else is commented out.\n`);
    expect((await set('log_level', 'error')).stderr).to.equal('');
  });

  it('gives a profile another name, but no reserved one, and not while others go by the old one', async () => {
    const named = `default_profile = "grok"\n${PROFILE}[router.rules]\ncode = "grok"\n`;
    await home.writeConfig(named);
    const reserved = await set('profiles.grok.name', 'auto');
    expect(reserved).to.include({ code: 2 });
    expect(reserved.stderr).to.contain('"auto" is reserved');
    const refused = await set('profiles.grok.name', 'other');
    expect(refused).to.include({ code: 2 });
    for (const [key, line] of [
      ['default_profile', 1],
      ['router.rules.code', 9],
    ] as const)
      expect(refused.stderr).to.contain(`\n  ${key} (${home.configFile}:${line}:1)\n`);
    expect(global()).to.equal(named);
    await home.writeConfig(PROFILE);
    expect(await set('profiles.grok.name', 'other')).to.include({ code: 0 });
    expect(global()).to.equal(PROFILE.replace('"grok"', '"other"'));
  });

  it('gives no other name to only one of two parts of a profile', async () => {
    await home.writeConfig(PROFILE);
    writeFileSync(join(home.work, 'claudex.toml'), '[[profiles]]\nname = "grok"\ndefault_model = "n"\n');
    await runCli(home, ['trust', '--yes']);
    const refused = await set('profiles.grok.name', 'other');
    expect(refused).to.include({ code: 2 });
    expect(refused.stderr).to.contain(`${home.configFile}:2:1`).and.to.contain('claudex.toml:1:1');
  });

  it('makes the file that is named', async () => {
    const file = join(home.work, 'own.yaml');
    expect(await set('log_level', 'warn', '--config', file)).to.include({ code: 0 });
    expect(readFileSync(file, 'utf8')).to.equal('log_level: warn\n');
    expect(existsSync(home.configFile)).to.equal(false);
  });

  it('refuses a value of another kind and an unknown key: exit code 2, what was expected, nothing written', async () => {
    await home.writeConfig(PROFILE);
    const [port, key, list, fraction] = await Promise.all([
      set('proxy_port', 'abc'),
      set('proxy_prot', '1'),
      set('profiles.grok.backup_providers', 'other'),
      set('profiles.grok.max_tokens', '1.5'),
    ]);
    for (const result of [port, key, list, fraction]) expect(result).to.include({ code: 2, stdout: '' });
    expect(port?.stderr).to.contain('proxy_port').and.to.contain('a whole number from 1 to 65535');
    expect(key?.stderr).to.contain('did you mean "proxy_port"?');
    expect(list?.stderr).to.contain('profiles.grok.backup_providers').and.to.contain('a list');
    expect(fraction?.stderr).to.contain('a whole number');
    expect(global()).to.equal(PROFILE);
  });

  it('reads a secret from stdin, and never prints one', async () => {
    await home.writeConfig(PROFILE);
    const args = ['config', 'set', 'profiles.grok.api_key', '-'];
    const { code, stdout, stderr } = await runCli(home, args, { input: 'sk-secret-1\n' });
    expect(code).to.equal(0);
    expect(stdout + stderr).to.not.contain('sk-secret');
    expect(global()).to.contain('api_key = "sk-secret-1"\n');
    const lines = await runCli(home, args, { input: 'sk-secret-3\nsecond line\n' });
    expect(lines).to.include({ code: 2 });
    expect(lines.stderr).to.contain('a key on one line').and.to.not.contain('secret-3');
    expect(global()).to.contain('api_key = "sk-secret-1"\n');
    const { stderr: refused } = await set('proxy_port', 'sk-secret-2');
    expect(refused).to.not.contain('sk-secret');
  });

  it('writes where the value comes from: to a trusted project, and to the global file without trust', async () => {
    await home.writeConfig('log_level = "warn"\n');
    const project = join(home.work, 'claudex.toml');
    writeFileSync(project, 'log_level = "error"\n');
    await set('log_level', 'debug');
    expect([global(), readFileSync(project, 'utf8')]).to.deep.equal(['log_level = "debug"\n', 'log_level = "error"\n']);
    await runCli(home, ['trust', '--yes']);
    await set('log_level', 'trace');
    expect([global(), readFileSync(project, 'utf8')]).to.deep.equal(['log_level = "debug"\n', 'log_level = "trace"\n']);
    await set('log_level', 'info', '--global');
    expect(global()).to.equal('log_level = "info"\n');
  });

  it('makes a project file with --local that needs no trust, and takes a secret there only when told to', async () => {
    const project = join(home.work, 'claudex.toml');
    await set('claude_binary', '/bin/true', '--local');
    const got = await runCli(home, ['config', 'get', 'claude_binary']);
    expect(got).to.include({ stdout: '/bin/true\n' });
    expect(got.stderr).to.not.contain('trust');
    await set('proxy_token', 'first-token-1', '--local');
    expect(await set('proxy_token', 'second-token')).to.include({ code: 2 });
    const { stderr } = await set('proxy_token', 'second-token', '--local');
    expect(stderr).to.contain('Do not commit it');
    expect(readFileSync(project, 'utf8')).to.contain('second-token');
    expect(statSync(project).mode & 0o777).to.equal(0o600);
  });

  it('says that the environment wins', async () => {
    const environment = { CLAUDEX_LOG_LEVEL: 'trace' };
    const { stderr } = await runCli(home, ['config', 'set', 'log_level', 'warn'], { environment });
    expect(stderr).to.contain('CLAUDEX_LOG_LEVEL is set, and wins over the file.');
  });

  it('takes a key out again', async () => {
    await home.writeConfig(`log_level = "warn" # loud\n${PROFILE}`);
    const unset = (key: string): Promise<ProcessResult> => runCli(home, ['config', 'unset', key]);
    expect(await unset('log_level')).to.include({ code: 0, stdout: `Removed log_level from ${home.configFile}.\n` });
    expect(await unset('log_level')).to.include({ code: 0, stdout: `log_level is not set in ${home.configFile}.\n` });
    expect(global()).to.equal(PROFILE);
    expect(await unset('profiles.grok.base_url')).to.include({ code: 2 });
  });

  it('loses neither of two changes at the same moment', async () => {
    await home.writeConfig('# shared\n');
    const keys = ['retry.max_attempts', 'breaker.min_requests', 'history.days', 'proxy_port'];
    const results = await Promise.all(keys.map((key) => set(key, '7')));
    expect(results.map(({ code }) => code)).to.deep.equal([0, 0, 0, 0]);
    expect(parse(global())).to.deep.equal({
      retry: { max_attempts: 7 },
      breaker: { min_requests: 7 },
      history: { days: 7 },
      proxy_port: 7,
    });
  });

  it('leaves a whole file behind when it is killed, and the next one works', async () => {
    const long = `# ${'x'.repeat(60)}\n`.repeat(2_000);
    await home.writeConfig(`${long}proxy_port = 1\n`);
    for (const delay of [150, 250, 350, 450]) {
      const args = [CLAUDEX, 'config', 'set', 'proxy_port', String(delay)];
      const child = spawn(process.execPath, args, { cwd: home.work, env: { ...home.environment }, stdio: 'ignore' });
      const ended = once(child, 'exit');
      await sleep(delay);
      child.kill('SIGKILL');
      await ended;
      expect(global())
        .to.match(/^# x/)
        .and.to.match(/\nproxy_port = \d+\n$/);
    }
    expect(await set('proxy_port', '9')).to.include({ code: 0 });
    expect(global()).to.equal(`${long}proxy_port = 9\n`);
  });

  it('says what is in the way when the file cannot be written, and leaves it as it is', async () => {
    const folder = join(home.work, 'claudex.toml');
    mkdirSync(folder);
    const { code, stderr } = await set('log_level', 'warn', '--local');
    expect(code).to.equal(1);
    expect(stderr).to.contain('is not a regular file');
  });

  it('leaves the file as it is, and no draft, where there is no room', async () => {
    await home.writeConfig(PROFILE);
    await set('log_level', 'warn');
    const before = global();
    // No file may grow: for a program that is what a full disk is, but for a signal, which this hears.
    const args = [
      '-c',
      'ulimit -f 0; exec "$@"',
      'sh',
      process.execPath,
      CLAUDEX,
      'config',
      'set',
      'log_level',
      'error',
    ];
    const NODE_OPTIONS = `--import=data:text/javascript,process.on('SIGXFSZ',()=>undefined)`;
    const environment = { ...home.environment, NODE_OPTIONS };
    const { code, stderr } = await runProcess('sh', args, { cwd: home.work, environment });
    expect(code).to.equal(1);
    expect(stderr.replaceAll(/\s+/g, ' ')).to.contain('cannot be written').and.to.contain('it is as it was');
    expect(global()).to.equal(before);
    expect(readdirSync(dirname(home.configFile))).to.deep.equal(['config.toml']);
  });
});
