import { expect } from 'chai';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'smol-toml';
import { runCli } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';

describe('the first command', () => {
  let home: IsolatedHome;
  beforeEach(async () => {
    // Also for the proxy that one of them starts, so that it is stopped at the end.
    home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(await freePort()) });
  });
  afterEach(() => home.close());

  it('that needs configuration makes the commented global file, and says so once on stderr', async () => {
    const first = await runCli(home, ['profile', 'list', '--json']);
    expect(first.stderr.split('\n').filter((line) => line.includes(home.configFile))).to.have.lengthOf(1);
    expect(JSON.parse(first.stdout)).to.have.property('profiles');
    expect(parse(readFileSync(home.configFile, 'utf8'))).to.deep.equal({});
    expect(statSync(home.configFile).mode & 0o777).to.equal(0o600);
    expect(statSync(dirname(home.configFile)).mode & 0o777).to.equal(0o700);
    const second = await runCli(home, ['profile', 'list']);
    expect(second.stderr).to.not.contain(home.configFile);
  });

  it('makes it also when that is the one that starts the proxy', async () => {
    const started = await runCli(home, ['proxy', 'start', '--daemon']);
    expect(started.code, started.stderr).to.equal(0);
    expect(started.stderr.split('\n').filter((line) => line.includes('Created'))).to.have.lengthOf(1);
    expect(parse(readFileSync(home.configFile, 'utf8'))).to.deep.equal({});
  });

  it('makes none for help and version, and none where there is configuration already', async () => {
    await runCli(home, ['--help']);
    await runCli(home, ['profile', 'list', '--help']);
    await runCli(home, ['--version']);
    const named = join(home.work, 'own.toml');
    writeFileSync(named, '');
    await runCli(home, ['profile', 'list', '--config', named]);
    await runCli(home, ['profile', 'list'], { environment: { CLAUDEX_CONFIG: named } });
    writeFileSync(join(home.work, 'claudex.toml'), '');
    await runCli(home, ['profile', 'list']);
    expect(existsSync(home.configFile)).to.equal(false);
  });

  it('makes one file when several come first', async () => {
    const results = await Promise.all(Array.from({ length: 4 }, () => runCli(home, ['profile', 'list'])));
    expect(results.map(({ code }) => code)).to.deep.equal([0, 0, 0, 0]);
    expect(results.filter(({ stderr }) => stderr.includes('Created'))).to.have.lengthOf(1);
  });

  it('goes on with the defaults where no file can be made, and says so in one line', async () => {
    const folder = dirname(home.configFile);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Root may write everywhere, but not into what belongs to somebody else.
    if (process.getuid?.() === 0) chownSync(folder, 12_345, 12_345);
    else chmodSync(folder, 0o500);
    const { code, stdout, stderr } = await runCli(home, ['profile', 'list', '--json']);
    expect(code, stderr).to.equal(0);
    expect(JSON.parse(stdout)).to.have.property('profiles');
    expect(stderr.trim().split('\n')).to.have.lengthOf(1);
    expect(stderr).to.contain(folder);
    expect(existsSync(home.configFile)).to.equal(false);
  });
});
