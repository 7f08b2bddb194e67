import { chmod, mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { announceDaemon, listDaemons, readDaemonRecord } from '../../src/daemon/daemon-record.ts';
import { serve, type TestServer } from '../support/serve.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { serveFakeDaemon } from './support/fake-daemon.ts';

const TOKEN = 'the-token-of-this-install';

describe('the records of daemons', () => {
  const folder = temporaryFolder();
  const servers: TestServer[] = [];
  const started = <Server extends TestServer>(server: Server): Server => {
    servers.push(server);
    return server;
  };
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });

  const recordOf = (port: number, started_at = '2026-01-01T00:00:00.000Z') => ({
    host: '127.0.0.1',
    port,
    pid: 4242,
    version: '1.2.3',
    started_at,
  });

  it('writes a record that only its owner can read, and takes it back', async () => {
    const withdraw = await announceDaemon(folder(), recordOf(14_000));
    const file = join(folder(), 'daemons', '14000.json');
    expect((await stat(file)).mode & 0o777).to.equal(0o600);
    expect(await readDaemonRecord(folder(), 14_000)).to.deep.equal(recordOf(14_000));
    await withdraw();
    expect(await readdir(join(folder(), 'daemons'))).to.deep.equal([]);
  });

  it('closes a state folder that was opened to others', async () => {
    await chmod(folder(), 0o755);
    await announceDaemon(folder(), recordOf(14_000));
    expect((await stat(folder())).mode & 0o777).to.equal(0o700);
  });

  it('leaves the record of a daemon that took the port over', async () => {
    const withdraw = await announceDaemon(folder(), recordOf(14_000));
    const successor = recordOf(14_000, '2026-01-02T00:00:00.000Z');
    await announceDaemon(folder(), successor);
    await withdraw();
    expect(await readDaemonRecord(folder(), 14_000)).to.deep.equal(successor);
  });

  it('lists the daemons that prove themselves, in the order of their ports', async () => {
    const [one, two] = [
      started(await serveFakeDaemon({ token: TOKEN })),
      started(await serveFakeDaemon({ token: TOKEN })),
    ];
    for (const { port } of [one, two]) await announceDaemon(folder(), recordOf(port));
    const ports = (await listDaemons(folder(), TOKEN)).map(({ record }) => record.port);
    expect(ports).to.deep.equal([one.port, two.port].toSorted((a, b) => a - b));
  });

  it('does not count a stranger on a recorded port, and shows it no token', async () => {
    const stranger = started(await serve((_request, response) => void response.end('hello')));
    await announceDaemon(folder(), recordOf(stranger.port));
    expect(await listDaemons(folder(), TOKEN)).to.deep.equal([]);
    expect(stranger.seen).to.have.length(1);
    expect(JSON.stringify(stranger.seen)).not.to.include(TOKEN);
  });

  it('removes the record of a daemon that is gone', async () => {
    const { port, stop } = await serveFakeDaemon({ token: TOKEN });
    await stop();
    await announceDaemon(folder(), recordOf(port));
    expect(await listDaemons(folder(), TOKEN)).to.deep.equal([]);
    expect(await readDaemonRecord(folder(), port)).to.equal(undefined);
  });

  it('passes over files that are no records', async () => {
    await mkdir(join(folder(), 'daemons'));
    for (const [name, text] of [
      ['14000.json', '{"port":"14000"}'],
      ['14001.json', 'not json'],
      ['14002.json', JSON.stringify(recordOf(1))],
      ['notes.txt', 'hello'],
    ] as const) {
      await writeFile(join(folder(), 'daemons', name), text);
    }
    expect(await listDaemons(folder(), TOKEN)).to.deep.equal([]);
  });

  it('finds no daemons where none was ever started', async () => {
    expect(await listDaemons(join(folder(), 'nothing-here'), TOKEN)).to.deep.equal([]);
  });

  it('finds no daemons where the folder of the records is a file', async () => {
    await writeFile(join(folder(), 'daemons'), 'not a folder');
    expect(await listDaemons(folder(), TOKEN)).to.deep.equal([]);
    expect(await readDaemonRecord(folder(), 14_000)).to.equal(undefined);
  });

  it('lists what it can where other records are links or folders, and follows none', async () => {
    const daemon = started(await serveFakeDaemon({ token: TOKEN }));
    const hidden = started(await serveFakeDaemon({ token: TOKEN }));
    await announceDaemon(folder(), recordOf(daemon.port));
    await writeFile(join(folder(), 'elsewhere'), JSON.stringify(recordOf(hidden.port)));
    await symlink(join(folder(), 'elsewhere'), join(folder(), 'daemons', `${hidden.port}.json`));
    await mkdir(join(folder(), 'daemons', '1.json'));
    const ports = (await listDaemons(folder(), TOKEN)).map(({ record }) => record.port);
    expect(ports).to.deep.equal([daemon.port]);
    expect(hidden.seen).to.deep.equal([]);
  });
});
