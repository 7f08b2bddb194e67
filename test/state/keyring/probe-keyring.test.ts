import { expect } from 'chai';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { probeKeyring } from '../../../src/state/keyring/probe-keyring.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** A login without any service, and one in which every child of Node hangs before it does anything. */
const BUS = 'unix:path=/nonexistent/bus';
const alone = { DBUS_SESSION_BUS_ADDRESS: BUS };
const hanging = {
  ...alone,
  NODE_OPTIONS: '--import=data:text/javascript,setInterval(()=>{},1e6);await(new(Promise)(()=>{}))',
};

describe('the probe of the keyring', () => {
  const folder = temporaryFolder();
  const file = (): string => join(folder(), 'keyring-probe.json');
  const remember = async (verdict: object): Promise<void> => {
    await writeFile(file(), JSON.stringify({ works: true, at: Date.now(), bus: BUS, ...verdict }), { mode: 0o600 });
  };

  before(function () {
    // Elsewhere the keyring belongs to the system and is always there.
    if (process.platform !== 'linux') this.skip();
  });

  it('says why where there is no service, and remembers that', async () => {
    const verdict = await probeKeyring(folder(), alone);
    expect(verdict.works).to.equal(false);
    expect(verdict.why).to.include('secret service');
    expect(JSON.parse(await readFile(file(), 'utf8'))).to.include({ works: false, bus: BUS });
  });

  it('does not wait for one that hangs', async function () {
    this.timeout(60_000);
    const before = Date.now();
    const verdict = await probeKeyring(folder(), hanging);
    expect(verdict).to.deep.equal({ works: false, why: 'the system keyring does not answer' });
    expect(Date.now() - before).to.be.lessThan(20_000);
  });

  it('asks nobody while a verdict is fresh', async () => {
    await remember({});
    expect(await probeKeyring(folder(), alone)).to.include({ works: true });
    await remember({ works: false, why: 'as it was', at: Date.now() - 60_000 });
    expect(await probeKeyring(folder(), alone)).to.include({ works: false, why: 'as it was' });
  });

  for (const [what, verdict] of [
    ['old', { at: Date.now() - 25 * 3_600_000 }],
    ['from the future', { at: Date.now() + 3_600_000 }],
    ['of another login', { bus: 'unix:path=/run/user/1/bus' }],
    ['damaged', { at: 'yesterday' }],
  ] as const) {
    it(`asks again when the verdict is ${what}`, async () => {
      await remember(verdict);
      expect((await probeKeyring(folder(), alone)).works).to.equal(false);
    });
  }
});
