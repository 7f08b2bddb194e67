import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { makeHome, type OwnHome } from '../../bench/processes/own-home.ts';
import { startServer } from '../../bench/processes/measured-server.ts';
import { pinned } from '../../bench/processes/pinning.ts';
import { runMeasured } from '../../bench/processes/run-measured.ts';
import { startUpstream, type Upstream } from '../../bench/proxy/upstream.ts';
import { COMMANDS, runCommands } from '../../bench/start-up/commands.ts';
import { runProxyStart } from '../../bench/start-up/proxy-start.ts';
import { runWarmRun } from '../../bench/start-up/warm-run.ts';

const TINY = { rounds: 1, shortRounds: 1, pacedRounds: 1, share: 0.01 };

describe('what the benches of the start-up measure', function () {
  this.timeout(60_000);
  let upstream: Upstream;
  let home: OwnHome;

  before(async () => {
    upstream = await startUpstream();
    home = makeHome(upstream.port);
  });

  after(async () => {
    home.remove();
    await upstream.close();
  });

  it('is the CPU time of the process itself', async () => {
    const settings = { environment: home.environment, workingFolder: home.folder, pinning: undefined };
    const busy = 'const end = process.cpuUsage().user + 200_000; while (process.cpuUsage().user < end); console.log(7)';
    const [idle, worked] = [await runMeasured(['-e', '0'], settings), await runMeasured(['-e', busy], settings)];
    expect(worked.output.trim()).to.equal('7');
    expect(worked.cpuMs).to.be.greaterThan(200);
    expect(idle.cpuMs).to.be.within(1, worked.cpuMs);
    expect(worked.wallMs).to.be.greaterThan(200);
  });

  it('is on a core of its own where that can be had', () => {
    const pinning = { measured: 3, others: 0 };
    expect(pinned(pinning, 'node', ['a'])).to.deep.equal(['taskset', ['-c', '3', 'node', 'a']]);
    expect(pinned(undefined, 'node', ['a'])).to.deep.equal(['node', ['a']]);
  });

  it('is never a command that failed', async () => {
    const settings = { environment: home.environment, workingFolder: home.folder, pinning: undefined };
    const failed = await runMeasured(['-e', 'process.exit(3)'], settings).catch((error: Error) => error.message);
    expect(failed).to.include('ended with 3');
  });

  it('says which program did not start, and where its log is', async () => {
    const { environment, folder: workingFolder } = home;
    const start = { args: ['-e', '0'], environment, workingFolder, logFile: home.logFile('dead'), pinning: undefined };
    const error = await startServer(start).then(String, (reason: Error) => reason.message);
    expect(error).to.include('did not start').and.include('dead.log');
  });

  it('is a row for every command, with output that proves it did its work', async () => {
    const rows = await runCommands(home, undefined, TINY);
    expect(rows.map(({ measure }) => measure)).to.deep.equal(Object.keys(COMMANDS).map((name) => `CPU, ms, ${name}`));
    for (const { ratio } of rows) expect(ratio).to.be.greaterThan(1);
  });

  it('is what "run" costs beside claude, with a proxy that runs', async () => {
    const [row] = await runWarmRun(home, undefined, TINY);
    expect(row?.ratio).to.be.greaterThan(1);
  });

  it('is the time until a server is well, and until a translated answer has come', async () => {
    const [healthy, time, cpu] = await runProxyStart(home, upstream, undefined, TINY);
    expect(healthy?.ours).to.be.greaterThan(0);
    expect(time?.ours).to.be.greaterThan(healthy?.ours ?? Infinity);
    expect(time?.floor).to.be.greaterThan(healthy?.floor ?? Infinity);
    expect(cpu?.ours).to.be.greaterThan(cpu?.floor ?? Infinity);
  });

  it('leaves nothing behind', () => {
    const other = makeHome(1);
    expect(existsSync(other.folder)).to.equal(true);
    other.remove();
    expect(existsSync(other.folder)).to.equal(false);
  });
});
