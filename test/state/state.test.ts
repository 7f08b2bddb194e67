import { execFileSync } from 'node:child_process';
import { chmod, chown, lstat, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { isClaudexError } from '../../src/errors/index.ts';
import { makePrivateFolder, readOrCreateProxyToken, readPrivateFile, writePrivateFile } from '../../src/state/index.ts';

describe('private files', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'claudex-state-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function codeOf(work: Promise<unknown>): Promise<string> {
    const error: unknown = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return isClaudexError(error) ? error.code : 'none';
  }

  it('are readable by their owner only, and so is their new folder', async () => {
    const file = join(folder, 'new', 'secret');
    await writePrivateFile(file, 'text');
    expect((await lstat(file)).mode & 0o777).to.equal(0o600);
    expect((await lstat(join(folder, 'new'))).mode & 0o777).to.equal(0o700);
    expect(await readPrivateFile(file)).to.equal('text');
  });

  it('become private when they were not', async () => {
    const file = join(folder, 'open');
    await writeFile(file, 'old');
    await chmod(file, 0o644);
    await writePrivateFile(file, 'new');
    expect((await lstat(file)).mode & 0o777).to.equal(0o600);
  });

  it('are neither read nor written through a link', async () => {
    const target = join(folder, 'target');
    const file = join(folder, 'link');
    await writeFile(target, 'theirs');
    await symlink(target, file);
    expect(await codeOf(readPrivateFile(file))).to.equal('state-file-is-a-link');
    expect(await codeOf(writePrivateFile(file, 'ours'))).to.equal('state-file-is-a-link');
    expect(await readFile(target, 'utf8')).to.equal('theirs');
  });

  it('become private when they are read, and so does their folder when it is used', async () => {
    const file = join(folder, 'open');
    await writeFile(file, 'text', { mode: 0o644 });
    await chmod(folder, 0o777);
    expect(await readPrivateFile(file)).to.equal('text');
    expect((await lstat(file)).mode & 0o777).to.equal(0o600);
    await makePrivateFolder(folder);
    expect((await lstat(folder)).mode & 0o777).to.equal(0o700);
  });

  it('of somebody else are refused', async function () {
    if (process.getuid?.() !== 0) return this.skip();
    const file = join(folder, 'theirs');
    await writeFile(file, 'x'.repeat(32));
    await chown(file, 12_345, 12_345);
    expect(await codeOf(readPrivateFile(file))).to.equal('state-is-foreign');
    await chown(folder, 12_345, 12_345);
    expect(await codeOf(makePrivateFolder(folder))).to.equal('state-is-foreign');
    return undefined;
  });

  it('that are pipes or folders are refused, without waiting', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    expect(await codeOf(readPrivateFile(pipe))).to.equal('state-file-is-none');
    expect(await codeOf(readPrivateFile(folder))).to.equal('state-file-is-none');
  });

  it('say what to do where nothing can be written', async () => {
    const file = join(folder, 'file');
    await writeFile(file, 'in the way');
    expect(await codeOf(writePrivateFile(join(file, 'below'), 'x'))).to.equal('state-unusable');
  });

  it('are undefined when they do not exist', async () => {
    expect(await readPrivateFile(join(folder, 'none'))).to.equal(undefined);
  });

  it('give one token to everybody who asks at the same time, and leave no draft', async () => {
    const tokens = await Promise.all(Array.from({ length: 20 }, () => readOrCreateProxyToken(folder)));
    expect(new Set(tokens).size).to.equal(1);
    expect(tokens[0]).to.match(/^[0-9a-f]{64}$/);
    expect(await readdir(folder)).to.deep.equal(['proxy-token']);
    expect((await lstat(join(folder, 'proxy-token'))).mode & 0o777).to.equal(0o600);
  });

  it('say so when the token is damaged, instead of making another one', async () => {
    await writeFile(join(folder, 'proxy-token'), '');
    expect(await codeOf(readOrCreateProxyToken(folder))).to.equal('proxy-token-damaged');
  });
});
