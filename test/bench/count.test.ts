import { expect } from 'chai';
import { askCount, askRefusal, countBodies } from '../../bench/count/count-bodies.ts';
import { startObservedProxy } from '../../bench/count/observed-proxy.ts';
import { runCountTime, runLoopDelay } from '../../bench/count/run-count.ts';
import { makeHome, type OwnHome } from '../../bench/processes/own-home.ts';
import { startUpstream, type Upstream } from '../../bench/proxy/upstream.ts';

const TINY = { rounds: 1, shortRounds: 1, pacedRounds: 1, share: 0.01 };

describe('what the benches of counting measure', function () {
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

  it('is a count by the tokenizer of the built proxy, and a refusal of the same size', async () => {
    const { whole, broken } = countBodies(20_000);
    await using proxy = await startObservedProxy(home, undefined);
    expect(await askCount(proxy.port, whole)).to.be.greaterThan(0);
    expect(await askRefusal(proxy.port, broken)).to.be.greaterThan(0);
    expect(broken.byteLength - whole.byteLength).to.be.within(1, 100);
    const failures = await Promise.allSettled([askCount(proxy.port, broken), askRefusal(proxy.port, whole)]);
    expect(failures.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
  });

  it('is the delay of the loop while something happens', async () => {
    await using proxy = await startObservedProxy(home, undefined);
    const { longestMs, meanMs } = await proxy.watch(() => new Promise((resolve) => setTimeout(resolve, 100)));
    expect(meanMs).to.be.greaterThan(0);
    expect(longestMs).to.be.at.least(meanMs);
  });

  it('is a row for each figure', async () => {
    const rows = [...(await runLoopDelay(home, undefined, TINY)), ...(await runCountTime(home, undefined, TINY))];
    expect(rows.map(({ bench, against }) => `${bench} ${against}`)).to.deep.equal([
      'count-2m idle',
      'count-2m refused',
      'count-2m idle',
      'count-2m undefined',
      'count-200k refused',
      'count-200k warm',
    ]);
    for (const { measure, ours } of rows) expect(ours, measure).to.be.greaterThan(0);
  });
});
