import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { CLAUDEX } from '../support/cli.ts';
import { isolatedHome } from '../support/isolated-home.ts';
import { makePublic } from './support/make-public.ts';

const NOBODY_KNOWS = 54_321;

describe('a user whom the system does not know', () => {
  it('can use every command without SHELL, as in a container under a bare number', async function () {
    if (process.getuid?.() !== 0) return this.skip();
    const home = await isolatedHome();
    try {
      makePublic(home.root, (path) => chownSync(path, NOBODY_KNOWS, NOBODY_KNOWS));
      const { SHELL: _, ...env } = home.environment;
      for (const args of [['config', 'get', 'log_level'], ['plugins'], ['--help']]) {
        const { status, stderr } = spawnSync(process.execPath, [CLAUDEX, ...args], {
          cwd: home.work,
          env,
          encoding: 'utf8',
          uid: NOBODY_KNOWS,
          gid: NOBODY_KNOWS,
        });
        expect({ args, status }, stderr).to.deep.equal({ args, status: 0 });
      }
    } finally {
      await home.close();
    }
    return undefined;
  });
});
