import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { logWriter, type LogWriter } from '../../../src/daemon/log/log-writer.ts';
import { runProcess } from '../../support/run-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { waitUntil } from '../../support/wait-until.ts';

const FILL_LOG = fileURLToPath(new URL('../support/fill-log.ts', import.meta.url));

describe('writing the log', () => {
  const folder = temporaryFolder();
  const file = (): string => join(folder(), 'state', 'proxy.log');
  const textOf = (name: string): Promise<string> => readFile(join(folder(), 'state', name), 'utf8');

  async function write(lines: readonly string[], writer: LogWriter = logWriter(file())): Promise<LogWriter> {
    for (const line of lines) writer.write(line);
    await writer.close();
    return writer;
  }

  it('appends lines in their order to a file that only its owner may read', async () => {
    await write(['first', 'second']);
    await write(['third']);
    expect(await textOf('proxy.log')).to.equal('first\nsecond\nthird\n');
    expect((await stat(file())).mode & 0o777).to.equal(0o600);
  });

  it('closes a file to others that was open to them', async () => {
    await mkdir(join(folder(), 'state'));
    await writeFile(file(), 'old\n');
    await chmod(file(), 0o644);
    await write(['new']);
    expect((await stat(file())).mode & 0o777).to.equal(0o600);
    expect(await textOf('proxy.log')).to.equal('old\nnew\n');
  });

  it('writes through no link, and counts what it could not write', async () => {
    await mkdir(join(folder(), 'state'));
    await writeFile(join(folder(), 'precious'), 'mine');
    await symlink(join(folder(), 'precious'), file());
    const writer = await write(['a', 'b']);
    expect(writer.dropped()).to.equal(2);
    expect(await readFile(join(folder(), 'precious'), 'utf8')).to.equal('mine');
  });

  it('moves a full file away and keeps five of them', async () => {
    for (let round = 0; round < 8; round += 1)
      await write([`round ${round} ${'x'.repeat(90)}`], logWriter(file(), { fileBytes: 50 }));
    expect((await readdir(join(folder(), 'state'))).toSorted()).to.deep.equal([
      'proxy.log',
      ...[1, 2, 3, 4, 5].map((age) => `proxy.log.${age}`),
    ]);
    expect(await textOf('proxy.log')).to.include('round 7');
    expect(await textOf('proxy.log.5')).to.include('round 2');
  });

  it('leaves moving to a process that is at it, unless that has died', async () => {
    const full = (): LogWriter => logWriter(file(), { fileBytes: 1 });
    await write(['one']);
    await mkdir(`${file()}.lock`);
    await write(['two'], full());
    expect(await textOf('proxy.log')).to.equal('one\ntwo\n');
    await utimes(`${file()}.lock`, new Date(0), new Date(0));
    await write(['three'], full());
    await write(['four'], full());
    expect(await textOf('proxy.log')).to.equal('four\n');
    expect(await textOf('proxy.log.1')).to.equal('one\ntwo\nthree\n');
  });

  it('notices that another process has moved the file away, or that somebody removed it', async () => {
    const writer = logWriter(file(), { lookMs: 0 });
    const written = (text: string) =>
      waitUntil(text, async () => existsSync(file()) && (await textOf('proxy.log')).includes(text));
    writer.write('before');
    await written('before');
    await rename(file(), `${file()}.1`);
    writer.write('after the move');
    await written('after the move');
    await rm(file());
    writer.write('after the removal');
    await written('after the removal');
    await writer.close();
    expect(await textOf('proxy.log')).to.equal('after the removal\n');
    expect(await textOf('proxy.log.1')).to.equal('before\n');
  });

  it('drops and counts lines while it cannot write, and goes on when it can', async () => {
    const writer = logWriter(file(), { pauseMs: 10 });
    await writeFile(join(folder(), 'state'), 'a file where the folder should be');
    writer.write('lost');
    await waitUntil('the line to be dropped', () => writer.dropped() === 1);
    await rm(join(folder(), 'state'));
    writer.write('found');
    await writer.close();
    expect(await textOf('proxy.log')).to.equal('found\n');
    expect(writer.dropped()).to.equal(1);
  });

  it('drops and counts what is more than may wait', async () => {
    const writer = logWriter(file(), { waiting: 10 });
    // The first one is taken at once.
    for (const line of ['aaaaa', 'bbbbb', 'ccccc', 'ddddd']) writer.write(line);
    await writer.close();
    expect(writer.dropped()).to.equal(1);
    expect(await textOf('proxy.log')).to.equal('aaaaa\nbbbbb\nccccc\n');
  });

  it('writes what waits before a process dies', async () => {
    const writer = logWriter(file());
    await write(['made the folder']);
    writer.write('taken');
    writer.write('waits');
    writer.flushNow();
    expect(await textOf('proxy.log')).to.include('waits\n');
    await writer.close();
    expect(await textOf('proxy.log')).to.include('taken\n');
  });

  it('loses no line when two processes share and rotate the file', async () => {
    const fill = (): Promise<{ stdout: string }> =>
      runProcess(process.execPath, [FILL_LOG, file(), '400', '20000'], { cwd: folder(), environment: {} });
    const results = await Promise.all([fill(), fill()]);
    expect(results.map(({ stdout }) => stdout)).to.deep.equal(['0', '0']);
    const names = await readdir(join(folder(), 'state'));
    const lines = (await Promise.all(names.map(textOf))).join('').trimEnd().split('\n');
    expect(names).to.include.members(['proxy.log', 'proxy.log.1']);
    expect(new Set(lines).size).to.equal(800);
  });

  it('survives a limit on the size of files without half a line', async function () {
    if (process.platform === 'win32') this.skip();
    // In blocks of 512 or 1,024 bytes.
    const command = `ulimit -f 8; "$0" "$@"`;
    const args = ['-c', command, process.execPath, FILL_LOG, file(), '300'];
    const { stdout, code } = await runProcess('/bin/sh', args, { cwd: folder(), environment: {} });
    expect(code).to.equal(0);
    const names = await readdir(join(folder(), 'state'));
    const lines = (await Promise.all(names.map(textOf))).flatMap((text) => text.split('\n'));
    const whole = lines.filter((line) => /^\d+ line \d+ x{80}$/.test(line));
    expect(names).to.include('proxy.log.1');
    expect(whole.length).to.be.greaterThan(0);
    expect(whole.length + Number(stdout)).to.equal(300);
  });
});
