import { expect } from 'chai';
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { inspectStateStore } from '../../src/state/inspect-state-store.ts';
import { openStateStore } from '../../src/state/index.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('inspectStateStore', () => {
  const folder = temporaryFolder();
  const file = (): string => join(folder(), 'state.db');
  const stateOf = async (): Promise<string> => (await inspectStateStore(folder())).state;
  async function fill(entries = 1): Promise<void> {
    const store = await openStateStore(folder());
    const text = 'x'.repeat(1_000);
    for (let entry = 0; entry < entries; entry += 1) await store.put('exchange', String(entry), text);
    await store.close();
  }

  it('finds nothing where nothing was kept, and makes nothing', async () => {
    expect(await inspectStateStore(folder())).to.deep.equal({ file: file(), bytes: 0, state: 'absent' });
    expect(await stateOf()).to.equal('absent');
  });

  it('finds a sound file sound, also while it is open elsewhere', async () => {
    await fill();
    expect(await stateOf()).to.equal('sound');
    const store = await openStateStore(folder());
    await store.put('exchange', 'k', 1);
    expect(await stateOf()).to.equal('sound');
    await store.close();
  });

  it('finds damage at the start, in the middle and at the end, and moves nothing', async () => {
    for (const damage of [
      () => writeFileSync(file(), 'no database at all, and longer than its head would be'.repeat(40)),
      () => {
        const bytes = readFileSync(file());
        bytes.fill(0xa5, 8_192, 24_000);
        writeFileSync(file(), bytes);
      },
      () => truncateSync(file(), 20_480),
    ]) {
      await fill(60);
      damage();
      const before = readFileSync(file());
      const found = await inspectStateStore(folder());
      expect(found.state).to.equal('damaged');
      expect(found.reason).to.match(/\w/);
      expect(readFileSync(file()).equals(before)).to.equal(true);
      writeFileSync(file(), '');
    }
  });

  it('tells the file of a later version, of another program, and what is none', async () => {
    await fill();
    const connection = new DatabaseSync(file());
    connection.exec('PRAGMA user_version = 99');
    expect(await stateOf()).to.equal('too-new');
    connection.exec('PRAGMA application_id = 1');
    connection.close();
    expect(await stateOf()).to.equal('damaged');
    const other = join(folder(), 'other');
    mkdirSync(join(other, 'state.db'), { recursive: true });
    expect((await inspectStateStore(other)).state).to.not.be.oneOf(['sound', 'absent', 'too-new']);
  });
});
