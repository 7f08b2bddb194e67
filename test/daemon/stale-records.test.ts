import { expect } from 'chai';
import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findStaleRecords, removeStaleRecord } from '../../src/daemon/stale-records.ts';
import { freePort } from '../support/free-port.ts';
import { serve, type TestServer } from '../support/serve.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { serveFakeDaemon } from './support/fake-daemon.ts';

const TOKEN = 'the-token-of-this-install';
/** No system gives out such a number. */
const GONE = 999_999_999;

describe('what proxies leave behind', () => {
  const folder = temporaryFolder();
  const servers: TestServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });
  const write = (name: string, text: string): string => {
    mkdirSync(join(folder(), 'daemons'), { recursive: true, mode: 0o700 });
    const file = join(folder(), 'daemons', name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  };
  const record = (port: number, pid: number): string =>
    write(`${port}.json`, JSON.stringify({ host: '127.0.0.1', port, pid, version: '1', started_at: 'x' }));
  const stale = async (): Promise<string[]> => (await findStaleRecords(folder(), TOKEN)).map(({ file }) => file);

  it('is nothing where no proxy ever ran', async () => {
    expect(await stale()).to.deep.equal([]);
  });

  it('is a record that nobody stands for, or that nobody can read', async () => {
    const dead = record(await freePort(), GONE);
    const damaged = write('15000.json', 'nonsense');
    write('readme.txt', 'not ours');
    expect(await stale()).to.have.members([dead, damaged]);
  });

  it('is no record of a proxy that runs', async () => {
    const daemon = await serveFakeDaemon({ token: TOKEN });
    servers.push(daemon);
    record(daemon.port, process.pid);
    expect(await stale()).to.deep.equal([]);
  });

  it('is a record on whose port somebody else is by now, unless its process still runs', async () => {
    const stranger = await serve((_request, response) => void response.end('hello'));
    servers.push(stranger);
    record(stranger.port, process.pid);
    expect(await stale()).to.deep.equal([]);
    const file = record(stranger.port, GONE);
    expect(await stale()).to.deep.equal([file]);
  });

  it('is the claim of a starter that is gone, or that has had more than enough time', async () => {
    write('15001.starting', String(process.pid));
    expect(await stale()).to.deep.equal([]);
    const gone = write('15002.starting', String(GONE));
    const old = write('15003.starting', String(process.pid));
    utimesSync(old, new Date(0), new Date(0));
    expect(await stale()).to.have.members([gone, old]);
  });

  it('is removed only while it is stale', async () => {
    const claim = write('15002.starting', String(GONE));
    const [found = { file: '', reason: '' }] = await findStaleRecords(folder(), TOKEN);
    writeFileSync(claim, String(process.pid));
    expect(await removeStaleRecord(folder(), found, TOKEN)).to.equal(false);
    writeFileSync(claim, String(GONE));
    expect(await removeStaleRecord(folder(), found, TOKEN)).to.equal(true);
    expect(existsSync(claim)).to.equal(false);
    expect(await removeStaleRecord(folder(), found, TOKEN)).to.equal(false);
  });
});
