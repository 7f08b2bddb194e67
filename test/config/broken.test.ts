import { expect } from 'chai';
import { basename, join } from 'node:path';
import { BROKEN } from './broken/index.ts';
import { makeWorkspace, type Workspace } from './support/workspace.ts';

describe('a broken configuration', () => {
  let workspace: Workspace;
  beforeEach(() => (workspace = makeWorkspace()));
  afterEach(() => workspace.remove());

  for (const { title, file, content, says, never = [], environment = {}, exitCode = 2, unixOnly } of BROKEN) {
    it(`is told where and how: ${title}`, async function test() {
      if (unixOnly && process.platform === 'win32') this.skip();
      const configFile = typeof content === 'function' ? content(workspace) : workspace.write(file, content);
      const error = await workspace.refusal({ configFile, environment });
      expect(error.exitCode).to.equal(exitCode);
      for (const words of says)
        expect(error.message).to.contain(words.startsWith(':') ? `${basename(configFile)}${words}` : words);
      for (const words of never) expect(`${error.message}${error.remedy}`).to.not.contain(words);
      expect(error.remedy).to.be.a('string').that.is.not.equal('');
      expect(({} as Record<string, unknown>)['polluted']).to.equal(undefined);
    });
  }

  it('is looked for in the same way where it is found by itself', async () => {
    workspace.write('project/claudex.toml', 'log_level = 1\n');
    const { message } = await workspace.refusal();
    expect(message).to.contain(`${join(workspace.project, 'claudex.toml')}:1:1: log_level: expected a text`);
  });

  it('comes in more than sixty kinds', () => {
    expect(new Set(BROKEN.map(({ title }) => title)).size)
      .to.equal(BROKEN.length)
      .and.to.be.greaterThan(60);
  });
});
