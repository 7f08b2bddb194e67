import { expect } from 'chai';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readOutput } from '../../src/launcher/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('what a program prints', () => {
  const folder = temporaryFolder();

  async function outputOf(script: string, limitMs = 20_000) {
    const path = join(folder(), 'program');
    await writeFile(path, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return readOutput(path, ['--version', 'a b'], { environment: { PATH: '/usr/bin:/bin', PLAIN: 'x' }, limitMs });
  }

  it('is read with its arguments and with no environment but the one given', async () => {
    expect(await outputOf('echo "$2 $PLAIN $HOME."; echo aside >&2')).to.deep.equal({ output: 'a b x .\n' });
  });

  it('says how the program failed', async () => {
    expect(await outputOf('echo 1.2.3; exit 7')).to.deep.equal({ output: '1.2.3\n', failure: 'ended with code 7' });
    expect((await outputOf('kill -9 $$')).failure).to.equal('ended with SIGKILL');
    const missing = await readOutput(join(folder(), 'nowhere'), [], { environment: {}, limitMs: 20_000 });
    expect(missing.failure).to.match(/^cannot be started: .*ENOENT/);
  });

  it('gives up after its time, also when something else holds the pipe open', async () => {
    const began = performance.now();
    expect((await outputOf('exec sleep 30', 200)).failure).to.equal('took more than 0.2 s');
    const { output, failure } = await outputOf('sleep 30 & echo $!', 1_000);
    process.kill(Number(output));
    expect(failure).to.equal('took more than 1 s');
    expect(performance.now() - began).to.be.lessThan(15_000);
  });

  it('keeps so much of it and no more', async () => {
    const { output, failure } = await outputOf('yes | head -c 1000000');
    expect(failure).to.equal(undefined);
    expect(output.length).to.be.within(64 * 1024, 256 * 1024);
  });
});
