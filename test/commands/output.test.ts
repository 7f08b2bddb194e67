import { execFileSync, spawnSync } from 'node:child_process';
import { expect } from 'chai';
import { CLAUDEX } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';

describe('the output of a command', function () {
  this.timeout(60_000);
  let home: IsolatedHome;

  before(async function () {
    if (process.platform !== 'linux') return this.skip();
    home = await isolatedHome();
    const profiles = Array.from(
      { length: 3_000 },
      (_, index) => `[[profiles]]\nname = "p${index}"\nbase_url = "http://127.0.0.1:9"\ndefault_model = "m"\n`,
    );
    await home.writeConfig(profiles.join(''));
    return undefined;
  });
  after(() => home.close());

  function shell(script: string): { status: number | null; stdout: string; stderr: string } {
    const env = { ...home.environment, CLAUDEX: `${process.execPath} ${CLAUDEX}` };
    const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
      cwd: home.work,
      env,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    return { status, stdout, stderr };
  }

  it('is whole, however slowly it is read', () => {
    const { stdout } = shell('$CLAUDEX profile list --json | (sleep 1; cat)');
    expect((JSON.parse(stdout) as { profiles: unknown[] }).profiles).to.have.length(3_000);
  });

  it('may be left unread without a complaint', () => {
    const { status, stderr } = shell('set -o pipefail; $CLAUDEX profile list | true');
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
  });

  it('that cannot be written is a failure', () => {
    execFileSync('test', ['-c', '/dev/full']);
    const { status, stderr } = shell('$CLAUDEX profile list --json > /dev/full');
    expect(status).to.equal(1);
    expect(stderr).to.include('the output cannot be written');
  });
});
