import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { claimStart } from '../../src/daemon/start-claim.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PORT = 14_000;
/** Longer than any test takes. */
const MAX_AGE_MS = 600_000;

describe('the claim of a start', () => {
  const folder = temporaryFolder();
  const daemons = (): string => join(folder(), 'daemons');
  const claim = (): string => join(daemons(), `${PORT}.starting`);
  const make = (): ReturnType<typeof claimStart> => claimStart(folder(), PORT, MAX_AGE_MS);

  it('holds the number of its process until it is taken back', async () => {
    const release = await make();
    expect(await readFile(claim(), 'utf8')).to.equal(String(process.pid));
    expect(await make()).to.equal(undefined);
    await release?.();
    expect(existsSync(claim())).to.equal(false);
    await (
      await make()
    )?.();
  });

  for (const content of ['', String(process.pid)]) {
    it(`is waited for when it is new and says ${JSON.stringify(content)}`, async () => {
      await mkdir(daemons());
      await writeFile(claim(), content);
      expect(await make()).to.equal(undefined);
      expect(await readFile(claim(), 'utf8')).to.equal(content);
    });
  }

  for (const content of ['nonsense', '-1', '0', '1e300', ' ', 'x'.repeat(100_000)]) {
    it(`is nobody's when it says ${JSON.stringify(content.slice(0, 10))}, and nobody is signalled`, async () => {
      await mkdir(daemons());
      await writeFile(claim(), content);
      expect(await make()).to.be.a('function');
      expect(await readFile(claim(), 'utf8')).to.equal(String(process.pid));
    });
  }

  it("is nobody's when it is a link, which is not followed", async () => {
    await mkdir(daemons());
    await symlink(join(folder(), 'elsewhere'), claim());
    expect(await make()).to.be.a('function');
    expect(existsSync(join(folder(), 'elsewhere'))).to.equal(false);
  });

  it('counts for a moment only while it has no number', async () => {
    await mkdir(daemons());
    await writeFile(claim(), '');
    const before = new Date(Date.now() - 30_000);
    await utimes(claim(), before, before);
    expect(await make()).to.be.a('function');
  });

  it('is done without where its folder is a file', async () => {
    await writeFile(daemons(), 'not a folder');
    const release = await make();
    expect(release).to.be.a('function');
    await release?.();
    expect(await readFile(daemons(), 'utf8')).to.equal('not a folder');
  });

  it('is done without where something stands in its place that cannot be removed', async () => {
    await mkdir(join(claim(), 'inside'), { recursive: true });
    const release = await make();
    expect(release).to.be.a('function');
    await release?.();
    expect(existsSync(join(claim(), 'inside'))).to.equal(true);
  });
});
