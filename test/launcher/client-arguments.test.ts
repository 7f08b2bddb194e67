import { expect } from 'chai';
import { isInteractive, resumeHint } from '../../src/launcher/index.ts';

const ID = 'dbf66c15-54d2-4f93-8cca-b90718a2d276';

describe('the hint to resume', () => {
  const hint = (...claudeArguments: string[]): string =>
    resumeHint(
      { profile: 'grok', hyperlinks: false, dryRun: false, json: false, help: false, claudeArguments },
      ID,
      'linux',
    );

  for (const [given, kept] of [
    [[], ''],
    [['--chrome'], ' --chrome'],
    [['--resume', 'old-id', '--verbose'], ' --verbose'],
    [['--resume=old-id', '--verbose'], ' --verbose'],
    [['-r', '--verbose'], ' --verbose'],
    [['-r', 'old-id'], ''],
    [['-c', '--permission-mode', 'plan'], ' --permission-mode plan'],
    [['--continue', '--fork-session'], ''],
    [['--session-id', 'abc', '--verbose'], ' --verbose'],
    [['fix the bug', '--verbose'], ' --verbose'],
    [['--verbose', '--', 'fix the bug'], ' --verbose'],
    [['--append-system-prompt', "it's"], " --append-system-prompt 'it'\\''s'"],
  ] as const) {
    it(`keeps "${kept}" of ${JSON.stringify(given)}`, () => {
      expect(hint(...given)).to.equal(`Resume with: claudex run grok --resume ${ID}${kept}`);
    });
  }

  it('names the model and the file that were given, and quotes for the shell of the platform', () => {
    const given = { profile: 'a', model: 'm 1', configFile: 'c.toml', claudeArguments: ['--x', 'y "z"'] };
    const flags = { hyperlinks: false, dryRun: false, json: false, help: false };
    expect(resumeHint({ ...given, ...flags }, ID, 'win32')).to.equal(
      `Resume with: claudex run a -m "m 1" --config c.toml --resume ${ID} --x "y \\"z\\""`,
    );
  });
});

describe('whether claude talks with a person', () => {
  const terminal = { stdin: true, stdout: true };

  it('needs a terminal on both sides', () => {
    expect(isInteractive([], terminal)).to.equal(true);
    expect(isInteractive([], { ...terminal, stdin: false })).to.equal(false);
    expect(isInteractive([], { ...terminal, stdout: false })).to.equal(false);
  });

  it('follows from its flags, not from its prompt', () => {
    for (const flag of ['-p', '--print', '--version', '-h']) expect(isInteractive([flag], terminal)).to.equal(false);
    expect(isInteractive(['--verbose', '--', '-p'], terminal)).to.equal(true);
  });
});
