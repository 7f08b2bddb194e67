import { expect } from 'chai';
import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeRoom, checkDisk } from '../../../src/doctor/checks/disk.ts';
import { checkHistory } from '../../../src/doctor/checks/history.ts';
import { checkLog } from '../../../src/doctor/checks/log.ts';
import { checkFolders, checkPermissions } from '../../../src/doctor/checks/permissions.ts';
import { openStateStore } from '../../../src/state/index.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { installationIn } from '../support/installation.ts';

const MEBIBYTE = 1024 * 1024;

describe('doctor: files', () => {
  const folder = temporaryFolder();
  const state = (): string => join(folder(), 'data', 'state');
  const modeOf = (path: string): number => statSync(path).mode & 0o777;

  it('makes the folders that are not there, closed to others', async () => {
    const installation = installationIn(folder());
    expect((await checkFolders(installation))[0]).to.include({ id: 'folders', state: 'ok' });
    rmSync(state(), { recursive: true });
    const [found] = await checkFolders(installation);
    expect(found).to.include({ state: 'warning' });
    expect(await found?.fix?.()).to.equal(`made ${state()}`);
    expect(modeOf(state())).to.equal(0o700);
  });

  it('closes what others can read, and only that', async () => {
    const installation = installationIn(folder());
    expect((await checkPermissions(installation))[0]).to.include({ id: 'permissions', state: 'ok' });
    const config = join(folder(), 'config', 'config.toml');
    writeFileSync(config, '', { mode: 0o644 });
    writeFileSync(join(state(), 'proxy-token'), '', { mode: 0o640 });
    mkdirSync(join(state(), 'trust'), { mode: 0o755 });
    // Others may read where plugins lie, as long as they cannot change them.
    chmodSync(join(folder(), 'data'), 0o755);
    const found = await checkPermissions(installation);
    const titles = found.map(({ title }) => title);
    expect(titles).to.have.members(
      [config, join(state(), 'proxy-token'), join(state(), 'trust')].map((path) => `Others can read ${path}`),
    );
    expect(found.every(({ state }) => state === 'warning')).to.equal(true);
    for (const { fix } of found) expect(await fix?.()).to.match(/^closed /);
    expect([modeOf(config), modeOf(join(state(), 'proxy-token')), modeOf(join(state(), 'trust'))]).to.deep.equal([
      0o600, 0o600, 0o700,
    ]);
    expect((await checkPermissions(installation))[0]).to.include({ state: 'ok' });
  });

  it('calls it a problem when everybody can change something', async () => {
    const installation = installationIn(folder());
    chmodSync(join(folder(), 'data'), 0o777);
    const [found] = await checkPermissions(installation);
    expect(found).to.include({ state: 'problem', title: `Others can change ${join(folder(), 'data')}` });
    await found?.fix?.();
    expect(modeOf(join(folder(), 'data'))).to.equal(0o755);
  });

  it('finds links among the files of the state folder, and leaves them alone', async () => {
    const installation = installationIn(folder());
    writeFileSync(join(folder(), 'elsewhere'), '', { mode: 0o600 });
    symlinkSync(join(folder(), 'elsewhere'), join(state(), 'proxy-token'));
    symlinkSync(join(folder(), 'elsewhere'), join(folder(), 'config', 'config.toml'));
    const found = await checkPermissions(installation);
    expect(found).to.have.length(1);
    expect(found[0]).to.include({ state: 'problem', title: `${join(state(), 'proxy-token')} is a symbolic link` });
    expect(found[0]?.fix).to.equal(undefined);
  });

  it('finds what belongs to another user', async () => {
    // Only root can give a folder away; everybody else finds one of root's.
    const isRoot = process.getuid?.() === 0;
    const foreign = isRoot ? join(folder(), 'foreign') : '/etc';
    if (isRoot) {
      mkdirSync(foreign);
      chownSync(foreign, 12_345, 12_345);
    }
    const directories = { config: foreign, data: folder(), cache: folder(), state: state() };
    const [found] = await checkPermissions(installationIn(folder(), { directories }));
    expect(found).to.include({ state: 'problem', title: `${foreign} belongs to another user` });
    expect(found?.fix).to.equal(undefined);
  });

  it('does not ask Windows for modes', async () => {
    expect(await checkPermissions(installationIn(folder(), { platform: 'win32' }))).to.deep.equal([]);
  });

  it('says how much room there is', async () => {
    expect((await checkDisk(installationIn(folder())))[0]?.detail).to.contain(`MiB are free in ${state()}`);
    expect(judgeRoom(5_000 * MEBIBYTE, '/x')).to.include({ id: 'disk', state: 'ok' });
    expect(judgeRoom(100 * MEBIBYTE, '/x')).to.include({
      id: 'disk',
      state: 'warning',
      detail: '100 MiB are free in /x.',
    });
    expect(judgeRoom(MEBIBYTE, '/x')).to.include({ id: 'disk', state: 'problem' });
  });

  it('finds a log that cannot be written', async () => {
    const installation = installationIn(folder());
    expect((await checkLog(installation))[0]).to.include({ id: 'log', state: 'ok', detail: 'there is none yet' });
    const log = join(state(), 'proxy.log');
    writeFileSync(log, '');
    expect((await checkLog(installation))[0]).to.include({ state: 'ok', detail: log });
    rmSync(log);
    mkdirSync(log);
    expect((await checkLog(installation))[0]).to.include({ state: 'problem', detail: `${log} is not a file.` });
  });

  it('finds a damaged history, and changes nothing', async () => {
    const installation = installationIn(folder());
    expect((await checkHistory(installation))[0]).to.include({
      id: 'history',
      state: 'ok',
      title: 'The history is empty',
    });
    const store = await openStateStore(state());
    await store.put('exchange', 'k', 1);
    await store.close();
    expect((await checkHistory(installation))[0]).to.include({ state: 'ok', title: 'The history is sound' });
    const file = join(state(), 'state.db');
    const text = 'this is no database of anybody, but long enough to be looked at'.repeat(50);
    writeFileSync(file, text);
    const [found] = await checkHistory(installation);
    expect(found).to.include({ state: 'warning', title: 'The history is damaged' });
    expect(readFileSync(file, 'utf8')).to.equal(text);
  });
});
