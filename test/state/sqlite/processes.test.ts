import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStateStore } from '../../../src/state/index.ts';
import { runProcess } from '../../support/run-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const SUPPORT = join(import.meta.dirname, '..', 'support');

describe('a state store that several processes use', () => {
  const folder = temporaryFolder();
  const run = (script: string, ...args: string[]) =>
    runProcess(process.execPath, [join(SUPPORT, script), ...args], { cwd: folder(), environment: {} });

  it('lets exactly one of them win each version, from the first moment on', async () => {
    const each = 60;
    const results = await Promise.all(
      ['', 'apart', ''].map((where) => run('write-counter.ts', join(folder(), 'state'), String(each), where)),
    );
    for (const { code, stderr } of results) expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    const won = results.flatMap(({ stdout }) => JSON.parse(stdout) as number[]);
    expect(won.toSorted((a, b) => a - b)).to.deep.equal(Array.from({ length: 3 * each }, (_, index) => index + 1));
    const store = await openStateStore(join(folder(), 'state'));
    expect(await store.get('counters', 'shared')).to.include({ value: 3 * each, version: 3 * each });
    await store.close();
  });

  it('goes on when one is killed while it writes, without what that one had half done', async () => {
    const store = await openStateStore(folder(), { apart: true });
    await store.put('things', 'one', 'whole');
    const holder = spawn(process.execPath, [join(SUPPORT, 'hold-write-lock.ts'), join(folder(), 'state.db')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const gone = once(holder, 'exit');
    let waiting: Promise<boolean>;
    try {
      await once(holder.stdout, 'data');
      waiting = store.put('things', 'one', 'after', { ifVersion: 1 });
      // Readers are never held up.
      expect(await openAndRead(folder())).to.equal('whole');
    } finally {
      holder.kill('SIGKILL');
      await gone;
    }
    expect(await waiting).to.equal(true);
    expect(await store.get('things', 'one')).to.include({ value: 'after', version: 2 });
    await store.close();
  });

  it('says so when another one holds the right to write for too long, and works again afterwards', async () => {
    const store = await openStateStore(folder(), { busyMs: 100 });
    await store.put('things', 'one', 1);
    const holder = new DatabaseSync(join(folder(), 'state.db'));
    holder.exec('BEGIN IMMEDIATE');
    const refused = (await store.put('things', 'one', 2).catch((error: unknown) => error)) as Error;
    expect(refused).to.include({ code: 'state-unusable' });
    expect(refused).to.have.property('remedy').that.contains('Another process holds it');
    holder.exec('ROLLBACK');
    holder.close();
    expect(await store.put('things', 'one', 3)).to.equal(true);
    await store.close();
  });

  it('is used without any warning on stderr, while other warnings are still seen', async () => {
    const state = join(import.meta.dirname, '..', '..', '..', 'src', 'state', 'index.ts');
    const script = `
      const { openStateStore } = await import(${JSON.stringify(state)});
      const store = await openStateStore(${JSON.stringify(folder())}, { apart: process.argv[1] === 'apart' });
      await store.put('things', 'one', 1);
      await store.close();
      process.emitWarning('somebody else warns', 'ExperimentalWarning');`;
    for (const where of ['here', 'apart']) {
      const { code, stderr } = await runProcess(process.execPath, ['--input-type=module', '-e', script, where], {
        cwd: folder(),
        environment: {},
      });
      expect(code).to.equal(0);
      expect(stderr).to.contain('somebody else warns').and.to.not.contain('SQLite');
    }
  });

  it('drops and counts what the disk does not take, and keeps the rest', async function test() {
    if (process.platform === 'win32') this.skip();
    // Blocks of 512 bytes: no file may grow above 1 MB. Node turns the signal for it into an error.
    const limited = 'ulimit -f 2000 && exec "$0" "$@"';
    const { code, stdout, stderr } = await runProcess(
      '/bin/sh',
      ['-c', limited, process.execPath, join(SUPPORT, 'record-until-full.ts'), folder()],
      { cwd: folder(), environment: {} },
    );
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' });
    const { warnings, dropped, kept } = JSON.parse(stdout) as { warnings: string[]; dropped: number; kept: number };
    expect(kept).to.be.greaterThan(0);
    expect(dropped).to.be.greaterThan(0);
    expect(kept + dropped).to.equal(4_000);
    expect(warnings.filter((message) => message.includes('the history is not written'))).to.have.length(1);
  });
});

async function openAndRead(folder: string): Promise<unknown> {
  const store = await openStateStore(folder);
  try {
    return (await store.get('things', 'one'))?.value;
  } finally {
    await store.close();
  }
}
