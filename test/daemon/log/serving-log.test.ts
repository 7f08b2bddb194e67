import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { runProcess } from '../../support/run-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const CRASHING = fileURLToPath(new URL('../support/crashing-process.ts', import.meta.url));
const SECRET = 'canary of a crash';

describe('the log of the process that serves', () => {
  const folder = temporaryFolder();
  const logged = (): Promise<string> => readFile(join(folder(), 'proxy.log'), 'utf8');

  it('goes to the file and to whoever watches, a crash included, without secrets', async () => {
    const { code, stderr } = await runProcess(process.execPath, [CRASHING, folder(), SECRET], {
      cwd: folder(),
      environment: {},
    });
    expect(code).to.equal(1);
    const [line, crash = '{}'] = (await logged()).trimEnd().split('\n');
    expect(line).to.equal('a line');
    const { event, error } = JSON.parse(crash) as { event: string; error: string };
    expect(event).to.equal('crash');
    expect(error).to.match(/^Error: it holds \*{8}\n {4}at /);
    expect(stderr).to.equal(`shown: a line\nshown: ${crash}\n`);
    expect(`${stderr}${await logged()}`).not.to.include(SECRET);
  });

  it('is written once where stderr is the file', async () => {
    const file = await open(join(folder(), 'proxy.log'), 'a', 0o600);
    const child = spawn(process.execPath, [CRASHING, folder(), SECRET], {
      stdio: ['ignore', file.fd, file.fd],
      env: {},
    });
    await once(child, 'exit');
    await file.close();
    expect((await logged()).match(/a line|shown|"event":"crash"/g)).to.deep.equal(['a line', '"event":"crash"']);
  });
});
