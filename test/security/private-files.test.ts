import { chmodSync, existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { installFakeClaude } from '../commands/support/fake-claude.ts';
import { CLAUDEX } from '../support/cli.ts';
import { freePort } from '../support/free-port.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import { runProcess, type ProcessResult } from '../support/run-process.ts';
import { waitUntil } from '../support/wait-until.ts';

/** Everything in a folder, the folder first. */
function everythingIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const inside = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? everythingIn(path) : [path];
  });
  return [folder, ...inside];
}

describe('files of a user whose umask hides nothing', function () {
  this.timeout(60_000);
  let home: IsolatedHome;
  before(async () => {
    home = await isolatedHome({ CLAUDEX_PROXY_PORT: String(await freePort()) });
    const claude = await installFakeClaude(home);
    for (const folder of ['.config', '.local', '.cache']) expect(existsSync(join(home.home, folder))).to.equal(false);
    const environment = { CLAUDEX_CLAUDE_BINARY: claude.path, ...claude.reporting(), FAKE_ASK: '1' };
    for (const args of [
      ['run', 'demo'],
      ['proxy', 'status'],
      ['proxy', 'logs'],
      ['profile', 'list'],
      ['explain', 'latest', '--bundle', join(home.work, 'bundle.json')],
      ['proxy', 'restart'],
      ['run', 'demo'],
    ]) {
      const { code, stderr } = await unmasked(args, environment);
      expect(code, `${args.join(' ')}: ${stderr}`).to.equal(0);
    }
  });
  after(() => home.close());

  function unmasked(args: readonly string[], environment: { readonly [name: string]: string }): Promise<ProcessResult> {
    return runProcess('/bin/sh', ['-c', 'umask 000; exec "$@"', 'sh', process.execPath, CLAUDEX, ...args], {
      cwd: home.work,
      environment: { ...home.environment, ...environment },
    });
  }

  it('SEC-25: are for nobody else, and so are their folders', async () => {
    const state = join(home.home, '.local/share/claudex/state');
    await waitUntil('the log', () => existsSync(join(state, 'proxy.log')));
    const paths = ['.config/claudex', '.local/share/claudex', '.local/state/claudex', '.cache/claudex'].flatMap(
      (folder) => everythingIn(join(home.home, folder)),
    );
    expect(paths).to.include.members([state, join(state, 'proxy.log'), join(state, 'proxy-token')]);
    const open = [...paths, join(home.work, 'bundle.json')].filter((path) => {
      const status = lstatSync(path);
      return (status.mode & 0o777) !== (status.isDirectory() ? 0o700 : 0o600);
    });
    expect(open.map((path) => `${path} ${(lstatSync(path).mode & 0o777).toString(8)}`)).to.deep.equal([]);
  });

  it('SEC-25: keep a token that somebody opened from the others', async () => {
    const token = join(home.home, '.local/share/claudex/state/proxy-token');
    chmodSync(token, 0o666);
    expect((await unmasked(['proxy', 'status'], {})).code).to.equal(0);
    expect(lstatSync(token).mode & 0o777).to.equal(0o600);
  });
});
