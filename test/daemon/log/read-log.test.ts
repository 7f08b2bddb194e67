import { appendFile, readdir, readlink, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { hasLog, readLog, type LogQuery } from '../../../src/daemon/log/read-log.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { waitUntil } from '../../support/wait-until.ts';

describe('reading the log', () => {
  const folder = temporaryFolder();
  const file = (): string => join(folder(), 'proxy.log');

  async function last(count: number, accepts: (line: string) => boolean = () => true): Promise<string[]> {
    const found: string[] = [];
    for await (const lines of readLog(file(), { count, accepts })) found.push(...lines);
    return found;
  }

  it('gives the last lines, the oldest first', async () => {
    await writeFile(file(), 'a\nb\n\nc\n');
    expect(await last(2)).to.deep.equal(['b', 'c']);
    expect(await last(9)).to.deep.equal(['a', 'b', 'c']);
    expect(await last(0)).to.deep.equal([]);
  });

  it('goes on in the files that were moved away', async () => {
    await writeFile(file(), 'e\n');
    await writeFile(`${file()}.1`, 'c\nd\n');
    await writeFile(`${file()}.2`, 'a\nb\n');
    expect(await last(4)).to.deep.equal(['b', 'c', 'd', 'e']);
  });

  it('counts only lines that are wanted', async () => {
    await writeFile(file(), 'good 1\nbad\ngood 2\nbad\n');
    expect(await last(1, (line) => line.startsWith('good'))).to.deep.equal(['good 2']);
  });

  it('puts lines together that are longer than what it reads at once', async () => {
    const lines = Array.from({ length: 40 }, (_, n) => `${n} ${'ü'.repeat(n * 1_500)}`);
    await writeFile(file(), lines.map((line) => `${line}\n`).join(''));
    expect(await last(40)).to.deep.equal(lines);
  });

  it('leaves out a line that is being written', async () => {
    await writeFile(file(), 'whole\nhal');
    expect(await last(5)).to.deep.equal(['whole']);
  });

  for (const follow of [undefined, new AbortController().signal]) {
    it(`lets go of every file when nobody reads on${follow ? ' while it follows' : ''}`, async function () {
      if (process.platform !== 'linux') return this.skip();
      for (const name of [file(), `${file()}.1`]) await writeFile(name, 'line\n');
      const query: LogQuery = { count: 2, accepts: () => true, ...(follow && { follow }) };
      for await (const lines of readLog(file(), query)) {
        expect(lines).to.have.length(2);
        expect(await openIn(folder())).to.have.length(2);
        break;
      }
      expect(await openIn(folder())).to.deep.equal([]);
      return undefined;
    });
  }

  it('knows when there is no log', async () => {
    expect(await hasLog(file())).to.equal(false);
    expect(await last(5)).to.deep.equal([]);
    await writeFile(`${file()}.3`, 'old\n');
    expect(await hasLog(file())).to.equal(true);
  });

  it('follows what is written, also into a new file, and puts pieces of lines together', async () => {
    const stop = new AbortController();
    const found: string[] = [];
    const query: LogQuery = { count: 1, follow: stop.signal, accepts: (line) => line !== 'unwanted' };
    const reading = (async () => {
      for await (const lines of readLog(file(), query)) found.push(...lines);
    })();
    const shows = (line: string) => waitUntil(line, () => found.includes(line));
    await writeFile(file(), 'created later\nunwanted\npie');
    await shows('created later');
    await appendFile(file(), 'ces\n');
    await shows('pieces');
    await appendFile(file(), 'last in the old file\n');
    await rename(file(), `${file()}.1`);
    await writeFile(file(), 'first in the new file\n');
    await shows('first in the new file');
    stop.abort();
    await reading;
    expect(found).to.deep.equal(['created later', 'pieces', 'last in the old file', 'first in the new file']);
  });
});

/** The files in a folder that this process has open. */
async function openIn(folder: string): Promise<string[]> {
  const links = (await readdir('/proc/self/fd')).map((name) => readlink(`/proc/self/fd/${name}`).catch(() => ''));
  return (await Promise.all(links)).filter((path) => path.startsWith(folder));
}
