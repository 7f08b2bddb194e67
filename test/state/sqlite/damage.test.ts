import { expect } from 'chai';
import { DatabaseSync } from 'node:sqlite';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { openExistingStateStore, openStateStore, type StateStore } from '../../../src/state/index.ts';
import { refusalOf } from '../../support/refusal-of.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const MEBIBYTE = 1024 * 1024;
/** Not aligned with anything. */
const GARBAGE = 'no database of anybody, '.repeat(50_000);

describe('the file of the state store', () => {
  const folder = temporaryFolder();
  const file = (): string => join(folder(), 'state.db');
  const damaged = (): string[] => readdirSync(folder()).filter((name) => /^state\.db\.damaged-[^.]*Z$/.test(name));

  const modes = (): string[] =>
    readdirSync(folder()).map((name) => `${name} ${(statSync(join(folder(), name)).mode & 0o777).toString(8)}`);

  async function keepsAValue(store: StateStore): Promise<void> {
    expect(await store.put('things', 'kept', 1)).to.equal(true);
    expect(await store.get('things', 'kept')).to.include({ value: 1 });
  }

  const broken: readonly (readonly [string, () => void])[] = [
    ['is garbage', () => writeFileSync(file(), GARBAGE)],
    ['is 100 MB of garbage', () => writeLarge(file())],
    ['is the database of another program', () => writeForeign(file())],
    ['was cut in the middle of its header', () => writeFileSync(file(), 'SQLite format 3\0\x10')],
  ];
  for (const apart of [false, true]) {
    for (const [what, damage] of broken) {
      it(`is kept under another name and begun anew when it ${what}${apart ? ', from a thread, too' : ''}`, async () => {
        const warnings: string[] = [];
        damage();
        const size = statSync(file()).size;
        const store = await openStateStore(folder(), { apart, warn: (message) => warnings.push(message) });
        await keepsAValue(store);
        await store.close();
        expect(damaged()).to.have.length(1);
        expect(statSync(join(folder(), damaged()[0] ?? '')).size).to.equal(size);
        expect(warnings).to.have.length(1);
        expect(warnings[0]).to.contain(file()).and.to.contain(damaged()[0]);
      });
    }
  }

  it('is begun anew without a word when it has no bytes', async () => {
    const warnings: string[] = [];
    writeFileSync(file(), '');
    const store = await openStateStore(folder(), { warn: (message) => warnings.push(message) });
    await keepsAValue(store);
    await store.close();
    expect(damaged()).to.deep.equal([]);
    expect(warnings).to.deep.equal([]);
  });

  it('is replaced while it is in use, by the first of several calls that notice', async () => {
    const warnings: string[] = [];
    const warn = (message: string): number => warnings.push(message);
    await fill(folder());
    writeInto(file());
    const store = await openStateStore(folder(), { warn });
    const writes = await Promise.all(
      Array.from({ length: 20 }, (_, index) => store.put('things', `key-${index}`, 'after the damage')),
    );
    expect(writes).to.deep.equal(writes.map(() => true));
    await keepsAValue(store);
    expect(await store.list('things', { limit: 100 })).to.have.length(21);
    await store.close();
    expect(warnings).to.have.length(1);
    expect(damaged()).to.have.length(1);
  });

  it('is moved away once when several find the damage at the same time, and none loses what it wrote', async () => {
    writeFileSync(file(), GARBAGE);
    const warnings: string[] = [];
    const stores = await Promise.all(
      Array.from({ length: 5 }, () => openStateStore(folder(), { apart: true, warn: (text) => warnings.push(text) })),
    );
    await Promise.all(stores.map((store, index) => store.put('things', `${index}`, index)));
    expect(await stores[0]?.list('things', { limit: 10 })).to.have.length(5);
    await Promise.all(stores.map((store) => store.close()));
    expect(warnings).to.have.length(1);
    expect(damaged()).to.have.length(1);
  });

  it('does not fill the disk with damaged files', async () => {
    for (let round = 0; round < 4; round += 1) {
      writeFileSync(file(), GARBAGE);
      await (await openStateStore(folder())).close();
    }
    expect(damaged()).to.have.length(2);
  });

  it('is left alone when a later version wrote it, and the failure says what to do', async () => {
    await (await openStateStore(folder())).close();
    const connection = new DatabaseSync(file());
    connection.exec('PRAGMA user_version = 2');
    connection.close();
    const before = readFileSync(file());
    for (const apart of [false, true]) {
      const refusal = await refusalOf(openStateStore(folder(), { apart }));
      expect(refusal).to.include({ code: 'state-too-new', exitCode: 1 });
      expect(refusal.message).to.contain(file());
      expect(refusal.remedy).to.contain('Update Claudex').and.to.contain(file());
    }
    expect(readFileSync(file()).equals(before)).to.equal(true);
    expect(damaged()).to.deep.equal([]);
  });

  it('is open to its owner only, with all that lies beside it, also when it was not', async () => {
    const umask = process.umask(0);
    const store = await openStateStore(folder());
    await keepsAValue(store);
    process.umask(umask);
    expect(modes().toSorted()).to.deep.equal(['state.db 600', 'state.db-shm 600', 'state.db-wal 600']);
    for (const name of ['state.db', 'state.db-wal', 'state.db-shm']) chmodSync(join(folder(), name), 0o644);
    chmodSync(folder(), 0o755);
    const other = await openStateStore(folder());
    await keepsAValue(other);
    expect(modes().toSorted()).to.deep.equal(['state.db 600', 'state.db-shm 600', 'state.db-wal 600']);
    expect(statSync(folder()).mode & 0o777).to.equal(0o700);
    await Promise.all([store.close(), other.close()]);
  });

  for (const name of ['state.db', 'state.db-wal', 'state.db-shm']) {
    it(`is refused when ${name} is a link, and what it leads to stays as it is`, async () => {
      const target = join(folder(), 'elsewhere');
      writeFileSync(target, 'theirs');
      symlinkSync(target, join(folder(), name));
      const refusal = await refusalOf(openStateStore(folder()));
      expect(refusal).to.have.property('code', 'state-file-is-a-link');
      expect(refusal.message).to.contain(join(folder(), name));
      expect(readFileSync(target, 'utf8')).to.equal('theirs');
    });
  }

  it('is refused when it is a folder, or when its folder is a file', async () => {
    mkdirSync(file());
    expect(await refusalOf(openStateStore(folder()))).to.have.property('code', 'state-file-is-none');
    writeFileSync(join(folder(), 'file'), '');
    expect(await refusalOf(openStateStore(join(folder(), 'file')))).to.have.property('code', 'state-unusable');
  });

  it('is not made by those who only look', async () => {
    expect(await openExistingStateStore(join(folder(), 'state'))).to.equal(undefined);
    expect(existsSync(join(folder(), 'state'))).to.equal(false);
  });
});

function writeLarge(file: string): void {
  writeFileSync(file, GARBAGE);
  truncateSync(file, 100 * MEBIBYTE);
}

function writeForeign(file: string): void {
  const connection = new DatabaseSync(file);
  connection.exec('CREATE TABLE theirs (name TEXT)');
  connection.close();
}

async function fill(folder: string): Promise<void> {
  const store = await openStateStore(folder);
  const values = Array.from({ length: 300 }, (_, index) => ({
    collection: 'things',
    key: `${index}`,
    value: 'x'.repeat(900),
  }));
  await store.putAll?.(values);
  await store.close();
}

/** Keeps the first two pages, so that only those notice who look further. */
function writeInto(file: string): void {
  const bytes = readFileSync(file);
  bytes.fill('damage', 2 * 4096);
  writeFileSync(file, bytes);
}
