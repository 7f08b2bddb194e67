import { expect } from 'chai';
import { runCli } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';

describe('a command that does not exist', function () {
  this.timeout(60_000);
  let home: IsolatedHome;

  before(async () => {
    home = await isolatedHome();
  });
  after(() => home.close());

  it('is wrong usage: exit code 2, and what was meant', async () => {
    const { code, stdout, stderr } = await runCli(home, ['profile', 'lis']);
    expect(code).to.equal(2);
    expect(stdout).to.equal('');
    expect(stderr).to.include('"profile lis" is not a command of claudex').and.to.include('claudex profile list');
  });

  it('is reported as JSON with --json', async () => {
    const { code, stdout } = await runCli(home, ['prox', 'status', '--json']);
    expect(code).to.equal(2);
    expect(JSON.parse(stdout)).to.have.nested.property('error.code', 'usage');
    expect(JSON.parse(stdout)).to.have.nested.property('error.remedy').that.includes('proxy status');
  });

  it('may be one too many arguments', async () => {
    const { code, stderr } = await runCli(home, ['profile', 'list', 'extra']);
    expect(code).to.equal(2);
    expect(stderr).to.include('"claudex profile list" takes no argument "extra"');
  });
});
