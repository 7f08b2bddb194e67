import { expect } from 'chai';
import { argumentsForOclif } from '../../src/program/arguments-for-oclif.ts';
import { flagsBehindCommand } from '../../src/program/flags-behind-command.ts';

describe('the arguments for oclif', () => {
  const lines: readonly (readonly [given: string, expected: string])[] = [
    ['--config c.toml profile list', 'profile list --config c.toml'],
    ['--config=c.toml profile list --json', 'profile list --config=c.toml --json'],
    ['profile --config c.toml list', 'profile list --config c.toml'],
    ['config --config c.toml get proxy_port', 'config get --config c.toml proxy_port'],
    ['--json --config c.toml explain latest', 'explain latest --json --config c.toml'],
    ['--config c.toml run grok -p hi', 'run --config c.toml grok -p hi'],
    ['--config', '--config'],
    ['config set key -- --config', 'config set key -- --config'],
    ['run grok --config c.toml', 'run grok --config c.toml'],
    ['run grok --json --config', 'run grok --json --config'],
    ['--no-such profile list', '--no-such profile list'],
    ['profile list --no-such --config c.toml', 'profile list --no-such --config c.toml'],
    ['--help', '--help'],
  ];
  for (const [given, expected] of lines) {
    it(`of "${given}" begin with the command`, () => {
      expect(flagsBehindCommand(given.split(' ')).join(' ')).to.equal(expected);
    });
  }

  it('ask for the overview where there is no command', () => {
    for (const given of ['', '--json', '--config c.toml', '--config=c.toml --json'])
      expect(argumentsForOclif(given.split(' ').filter((word) => word !== ''))[0]).to.equal('overview');
    expect(argumentsForOclif(['--help'])).to.deep.equal(['--help']);
  });
});
