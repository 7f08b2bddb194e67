import { execFileSync } from 'node:child_process';
import { chmod, chown, lstat, readdir, readFile, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { createPrivateFile } from '../../src/state/private-file.ts';
import { makePrivateFolder, readOrCreateProxyToken, readPrivateFile, writePrivateFile } from '../../src/state/index.ts';
import { refusalOf } from '../support/refusal-of.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('private files', () => {
  const folder = temporaryFolder();

  it('are readable by their owner only, and so is their new folder', async () => {
    const file = join(folder(), 'new', 'secret');
    await writePrivateFile(file, 'text');
    expect((await lstat(file)).mode & 0o777).to.equal(0o600);
    expect((await lstat(join(folder(), 'new'))).mode & 0o777).to.equal(0o700);
    expect(await readPrivateFile(file)).to.equal('text');
  });

  it('become private when they were not', async () => {
    const file = join(folder(), 'open');
    await writeFile(file, 'old');
    await chmod(file, 0o644);
    await writePrivateFile(file, 'new');
    expect((await lstat(file)).mode & 0o777).to.equal(0o600);
  });

  it('are neither read nor written through a link', async () => {
    const target = join(folder(), 'target');
    const file = join(folder(), 'link');
    await writeFile(target, 'theirs');
    await symlink(target, file);
    expect(await refusalOf(readPrivateFile(file))).to.have.property('code', 'state-file-is-a-link');
    expect(await refusalOf(writePrivateFile(file, 'ours'))).to.have.property('code', 'state-file-is-a-link');
    expect(await readFile(target, 'utf8')).to.equal('theirs');
  });

  it('become private when they are read, and so does their folder when it is used', async () => {
    const file = join(folder(), 'open');
    await writeFile(file, 'text', { mode: 0o644 });
    await chmod(folder(), 0o777);
    expect(await readPrivateFile(file)).to.equal('text');
    expect((await lstat(file)).mode & 0o777).to.equal(0o600);
    await makePrivateFolder(folder());
    expect((await lstat(folder())).mode & 0o777).to.equal(0o700);
  });

  it('of somebody else are refused', async function () {
    if (process.getuid?.() !== 0) return this.skip();
    const file = join(folder(), 'theirs');
    await writeFile(file, 'x'.repeat(32));
    await chown(file, 12_345, 12_345);
    expect(await refusalOf(readPrivateFile(file))).to.have.property('code', 'state-is-foreign');
    await chown(folder(), 12_345, 12_345);
    expect(await refusalOf(makePrivateFolder(folder()))).to.have.property('code', 'state-is-foreign');
    return undefined;
  });

  it('that are pipes or folders are refused, without waiting', async () => {
    const pipe = join(folder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(await refusalOf(readPrivateFile(pipe))).to.have.property('code', 'state-file-is-none');
    expect(await refusalOf(readPrivateFile(folder()))).to.have.property('code', 'state-file-is-none');
  });

  it('say what to do where nothing can be written', async () => {
    const file = join(folder(), 'file');
    await writeFile(file, 'in the way');
    expect(await refusalOf(writePrivateFile(join(file, 'below'), 'x'))).to.have.property('code', 'state-unusable');
  });

  it('are not promised where their folder takes no more files, also when there is one already', async function () {
    // Permissions do not bind root.
    if (process.getuid?.() === 0) return this.skip();
    const file = join(folder(), 'there');
    await writeFile(file, '');
    await chmod(folder(), 0o500);
    const refusal = await refusalOf(createPrivateFile(file));
    await chmod(folder(), 0o700);
    expect(refusal).to.have.property('code', 'state-unusable');
    return undefined;
  });

  it('are undefined when they do not exist', async () => {
    expect(await readPrivateFile(join(folder(), 'none'))).to.equal(undefined);
  });

  it('give one token to everybody who asks at the same time, and leave no draft', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => readOrCreateProxyToken(folder())));
    expect(new Set(tokens).size).to.equal(1);
    expect(tokens[0]).to.match(/^[0-9a-f]{64}$/);
    expect(await readdir(folder())).to.deep.equal(['proxy-token']);
    expect((await lstat(join(folder(), 'proxy-token'))).mode & 0o777).to.equal(0o600);
  });

  for (const [what, text] of [
    ['empty', ''],
    ['short', 'x'.repeat(15)],
    ['of two words', `${'x'.repeat(20)} ${'y'.repeat(20)}`],
    ['a megabyte long', 'x'.repeat(1_000_000)],
  ] as const) {
    it(`say so when the token is ${what}, instead of making another one`, async () => {
      const file = join(folder(), 'proxy-token');
      await writeFile(file, text);
      const refusal = await refusalOf(readOrCreateProxyToken(folder()));
      expect(refusal).to.have.property('code', 'proxy-token-damaged');
      expect(refusal.message).to.include(file);
      expect(await readFile(file, 'utf8')).to.equal(text);
    });
  }

  it('that are huge are refused without being read', async () => {
    const file = join(folder(), 'proxy-token');
    await writeFile(file, '');
    // Takes no room on the disk.
    await truncate(file, 2 ** 33);
    expect(await refusalOf(readOrCreateProxyToken(folder()))).to.include({ code: 'state-file-is-huge' });
  });

  it('name the folder that a token cannot be written to', async () => {
    await writeFile(join(folder(), 'file'), 'in the way');
    const stateFolder = join(folder(), 'file', 'state');
    const refusal = await refusalOf(readOrCreateProxyToken(stateFolder));
    expect(refusal).to.include({ code: 'state-unusable', exitCode: 1 });
    expect(refusal).to.have.property('remedy').that.includes(stateFolder).and.includes('CLAUDEX_DATA_DIR');
  });
});
