import { expect } from 'chai';
import { setTimeout as pause } from 'node:timers/promises';
import { runTogether, type Chore } from '../../src/terminal/index.ts';

describe('things that are done together', () => {
  it('give their results in order, and only some are done at once', async () => {
    let running = 0;
    let most = 0;
    const chores = [5, 1, 4, 2, 3].map((wait): Chore<number> => ({
      title: `chore ${wait}`,
      run: async () => {
        most = Math.max(most, (running += 1));
        await pause(wait * 5);
        running -= 1;
        return wait;
      },
    }));
    expect(await runTogether(chores, 2)).to.deep.equal([5, 1, 4, 2, 3]);
    expect(most).to.equal(2);
  });

  it('take a failure for a result, and what is thrown for an error', async () => {
    const failed = { title: 'failed', run: () => Promise.resolve('bad'), isFailure: () => true };
    expect(await runTogether([failed], 1)).to.deep.equal(['bad']);
    const broken = { title: 'broken', run: () => Promise.reject(new Error('a bug')) };
    const thrown = await runTogether<unknown>([failed, broken], 1).catch((error: unknown) => error);
    expect(thrown).to.be.an('error').with.property('message', 'a bug');
  });
});
