import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withExclusiveLock } from '../../../src/state/index.ts';
import { ROOT } from '../../support/source-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('an exclusive lock', () => {
  const folder = temporaryFolder();

  it('lets one work at a time, also when the work fails', async () => {
    const file = join(folder(), 'lock');
    let inside = 0;
    let most = 0;
    const work = async (fails: boolean): Promise<void> => {
      inside += 1;
      most = Math.max(most, inside);
      await sleep(10);
      inside -= 1;
      if (fails) throw new Error('on purpose');
    };
    const attempts = [false, true, false, true].map((fails) => withExclusiveLock(file, () => work(fails)));
    const results = await Promise.allSettled(attempts);
    expect(results.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
    expect(most).to.equal(1);
  });

  it('ends with the process that holds it, and leaves one empty private file', async () => {
    const file = join(folder(), 'lock');
    const holder = `
      import { withExclusiveLock } from ${JSON.stringify(join(ROOT, 'src/state/index.ts'))};
      setTimeout(() => undefined, 60_000);
      await withExclusiveLock(process.argv[1], async () => {
        console.log('held');
        await new Promise(() => undefined);
      });`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', holder, file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    let entered = false;
    const waiting = withExclusiveLock(file, async () => {
      entered = true;
      return 'mine';
    });
    await sleep(100);
    expect(entered).to.equal(false);
    child.kill('SIGKILL');
    expect(await waiting).to.equal('mine');
    expect(readdirSync(folder())).to.deep.equal(['lock']);
    expect(statSync(file)).to.include({ size: 0 });
    expect(statSync(file).mode & 0o777).to.equal(0o600);
  });
});
