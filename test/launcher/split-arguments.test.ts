import { expect } from 'chai';
import { claudeArgumentsOf, guardClaudeArguments, splitRunArguments } from '../../src/launcher/index.ts';

const split = (line: string) => splitRunArguments(line.split(' ').filter((token) => token !== ''));

describe('the arguments of run', () => {
  it('finds the profile and leaves nothing for claude', () => {
    expect(split('work')).to.deep.equal({
      profile: 'work',
      hyperlinks: false,
      dryRun: false,
      json: false,
      help: false,
      claudeArguments: [],
    });
  });

  it('takes our flags from both sides of the profile', () => {
    expect(split('--dry-run work -m fast --hyperlinks --json --config some.toml')).to.deep.equal({
      profile: 'work',
      model: 'fast',
      configFile: 'some.toml',
      hyperlinks: true,
      dryRun: true,
      json: true,
      help: false,
      claudeArguments: [],
    });
  });

  it('takes a value after an equals sign', () => {
    expect(split('work --model=a=b --config=x')).to.include({ model: 'a=b', configFile: 'x' });
  });

  for (const line of ['two -mzz --dry-run', 'two -m=zz --dry-run', '-mzz two --dry-run', 'two --model=zz --dry-run']) {
    it(`takes the model out of "${line}"`, () => {
      expect(split(line)).to.deep.include({ profile: 'two', model: 'zz', dryRun: true, claudeArguments: [] });
    });
  }

  for (const [line, rest] of [
    ['work -p hello', ['-p', 'hello']],
    ['work hello -m model', ['hello', '-m', 'model']],
    ['work --resume id --dry-run --json', ['--resume', 'id', '--dry-run', '--json']],
    ['work -- -m model', ['-m', 'model']],
    ['work -m model -- -- x', ['--', 'x']],
    ['work -p --', ['-p', '--']],
    ['work --models', ['--models']],
    ['work -p -mmodel --dry-run=1', ['-p', '-mmodel', '--dry-run=1']],
    ['work --help', ['--help']],
  ] as const) {
    it(`passes ${JSON.stringify(rest)} of "${line}" on untouched`, () => {
      expect(split(line).claudeArguments).to.deep.equal(rest);
    });
  }

  it('keeps empty arguments and spaces', () => {
    expect(splitRunArguments(['work', '-p', '', ' a  b ']))
      .to.have.property('claudeArguments')
      .that.deep.equals(['-p', '', ' a  b ']);
  });

  for (const [line, problem] of [
    ['', 'profile is missing'],
    ['-m model', 'profile is missing'],
    ['work -m', '-m needs a value'],
    ['work --model=', '--model needs a value'],
    ['work -m=', '-m needs a value'],
    ['work --dry-run=1', '--dry-run takes no value'],
    ['--json=true work', '--json takes no value'],
    ['work --hyperlinks=', '--hyperlinks takes no value'],
    ['--config', '--config needs a value'],
    ['--print work', '--print is not a flag'],
    ['-- work', 'the profile comes first'],
  ] as const) {
    it(`says of "${line}" that ${problem}`, () => {
      expect(split(line).problem).to.include(problem);
    });
  }

  it('takes -h and --help in front of the profile for ours, behind it for those of claude', () => {
    for (const line of ['-h', '--help', '--dry-run -h', '-h work']) {
      expect(split(line)).to.include({ help: true }).and.to.not.have.property('problem');
    }
    expect(split('work -h')).to.deep.include({ help: false, claudeArguments: ['-h'] });
  });

  it('still knows that JSON is wanted when something is wrong', () => {
    expect(split('--json --print')).to.include({ json: true });
  });

  for (const [line, guarded] of [
    ['run work --help', 'run work -- --help'],
    ['run work -m x -p --help', 'run work -m x -- -p --help'],
    ['run work -- --help', 'run work -- --help'],
    ['run work -- -- --help', 'run work -- -- --help'],
    ['run work', 'run work'],
    ['run --help', 'run --help'],
    ['run --help work', 'run --help work'],
    ['profile show --help', 'profile show --help'],
    ['', ''],
  ] as const) {
    it(`guards "${line}" as "${guarded}", with the same meaning`, () => {
      const words = line.split(' ');
      expect(guardClaudeArguments(words).join(' ')).to.equal(guarded);
      expect(splitRunArguments(guardClaudeArguments(words).slice(1))).to.deep.equal(splitRunArguments(words.slice(1)));
    });
  }

  it('switches the browser off unless it is asked for', () => {
    expect(claudeArgumentsOf(['-p', 'x'])).to.deep.equal(['--no-chrome', '-p', 'x']);
    expect(claudeArgumentsOf(['-p', '--chrome'])).to.deep.equal(['-p', '--chrome']);
  });
});
