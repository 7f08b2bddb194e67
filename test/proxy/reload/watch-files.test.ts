import { mkdir, rename, rm, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { watchFiles, type FileWatch } from '../../../src/proxy/reload/watch-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { waitUntil } from '../../support/wait-until.ts';

describe('watching files', () => {
  const folder = temporaryFolder();
  const path = (...names: string[]): string => join(folder(), ...names);
  let watch: FileWatch | undefined;
  let told = 0;
  afterEach(() => watch?.close());

  /** Watches, and waits for what is told of files that are new to the watch. */
  async function watching(...files: string[]): Promise<void> {
    told = 0;
    watch = watchFiles(files, () => (told += 1));
    await waitUntil('the first word', () => told === 1);
  }
  const toldAgain = (): Promise<unknown> => waitUntil('another word', () => told > 1, 15_000);

  it('tells of a file that is edited in place', async () => {
    await writeFile(path('a.toml'), 'one');
    await watching(path('a.toml'));
    await writeFile(path('a.toml'), 'two');
    await toldAgain();
  });

  it('tells of a file that another one takes the place of, each time', async () => {
    await writeFile(path('a.toml'), 'one');
    await watching(path('a.toml'));
    for (const times of [2, 3, 4]) {
      await writeFile(path('new'), 'two');
      await rename(path('new'), path('a.toml'));
      await waitUntil('the next word', () => told >= times, 15_000);
    }
  });

  it('tells of a file that is removed, and of one that is created', async () => {
    await writeFile(path('a.toml'), 'one');
    await watching(path('a.toml'));
    await unlink(path('a.toml'));
    await toldAgain();
    await writeFile(path('a.toml'), 'one');
    await waitUntil('a third word', () => told > 2, 15_000);
  });

  it('tells of a file in a folder that did not exist', async () => {
    await watching(path('config', 'claudex', 'config.toml'));
    await mkdir(path('config', 'claudex'), { recursive: true });
    await writeFile(path('config', 'claudex', 'config.toml'), 'one');
    await toldAgain();
  });

  it('tells of a file whose folder is taken away and made again', async () => {
    await mkdir(path('config'));
    await writeFile(path('config', 'a.toml'), 'one');
    await watching(path('config', 'a.toml'));
    await rm(path('config'), { recursive: true });
    await toldAgain();
    await mkdir(path('config'));
    await writeFile(path('config', 'a.toml'), 'two');
    await waitUntil('a third word', () => told > 2, 15_000);
  });

  it('tells of a link whose target is edited, and of one that leads elsewhere', async () => {
    await mkdir(path('targets'));
    for (const name of ['one', 'two']) await writeFile(path('targets', name), name);
    await symlink(path('targets', 'one'), path('a.toml'));
    await watching(path('a.toml'));
    await writeFile(path('targets', 'one'), 'changed');
    await toldAgain();
    await symlink(path('targets', 'two'), path('next'));
    await rename(path('next'), path('a.toml'));
    await waitUntil('a third word', () => told > 2, 15_000);
  });

  it('tells of a link through a folder that is swapped, which no watched folder sees', async () => {
    for (const name of ['v1', 'v2']) {
      await mkdir(path('data', name), { recursive: true });
      await writeFile(path('data', name, 'a.toml'), name);
    }
    await symlink('v1', path('data', 'current'));
    await symlink(path('data', 'current', 'a.toml'), path('a.toml'));
    await watching(path('a.toml'));
    await symlink('v2', path('data', 'next'));
    await rename(path('data', 'next'), path('data', 'current'));
    await toldAgain();
  });

  it('tells once of many changes that come close together', async () => {
    await watching(path('a.toml'), path('b.toml'));
    for (let time = 0; time < 20; time += 1) await writeFile(path(time % 2 ? 'a.toml' : 'b.toml'), `text ${time}`);
    await toldAgain();
    await pause(1_500);
    expect(told).to.be.lessThan(6);
  });

  it('tells of a file that never comes to rest', async () => {
    await watching(path('a.toml'));
    const over = new AbortController();
    const writing = (async () => {
      for (let time = 0; !over.signal.aborted; time += 1) {
        await writeFile(path('a.toml'), `text ${time}`);
        await pause(20);
      }
    })();
    await toldAgain().finally(() => over.abort());
    await writing;
  });

  it('tells nothing of other files, of reading, and after it was closed', async () => {
    await writeFile(path('a.toml'), 'one');
    await watching(path('a.toml'));
    await writeFile(path('other'), 'x');
    await pause(1_500);
    expect(told).to.equal(1);
    watch?.close();
    await utimes(path('a.toml'), 1, 1);
    await pause(1_500);
    expect(told).to.equal(1);
  });

  it('watches other files when it is told to', async () => {
    await watching(path('a.toml'));
    watch?.follow([path('b.toml')]);
    await toldAgain();
    await writeFile(path('b.toml'), 'two');
    await waitUntil('a third word', () => told > 2, 15_000);
  });
});
