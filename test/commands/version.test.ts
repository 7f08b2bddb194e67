import { expect } from 'chai';
import { runCli } from '../support/cli.ts';
import { isolatedHome } from '../support/isolated-home.ts';

describe('claudex --version', () => {
  it('prints the same with and without the framework', async () => {
    const home = await isolatedHome();
    try {
      const quick = await runCli(home, ['--version']);
      // With one more word the framework answers.
      const slow = await runCli(home, ['--version', '--json']);
      expect(quick.code).to.equal(0);
      expect(quick.stdout)
        .to.match(/^claudex\/\d+\.\d+\.\d+ \S+ node-v\d+/)
        .and.to.equal(slow.stdout);
    } finally {
      await home.close();
    }
  });
});
