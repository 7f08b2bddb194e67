import { expect } from 'chai';
import { makeAnswer } from '../../bench/fixtures/answer.ts';
import { smallBody } from '../../bench/fixtures/request-body.ts';
import { holdStreams, type HeldStreams } from '../../bench/memory/held-load.ts';
import { runOpenStreams } from '../../bench/memory/open-streams.ts';
import { judgeGrowth, runSlope } from '../../bench/memory/slope.ts';
import { runStreamMemory } from '../../bench/memory/stream-memory.ts';
import { TOKEN } from '../../bench/processes/own-home.ts';
import { setStage, type Stage } from '../../bench/proxy/stage.ts';

const TINY = { rounds: 1, shortRounds: 1, pacedRounds: 1, share: 0.02 };
const ANSWER = makeAnswer({ text: 10 });

describe('what the benches of memory measure', function () {
  this.timeout(60_000);
  let stage: Stage;

  before(async () => {
    stage = await setStage(undefined);
  });

  after(() => stage.close());

  it('is what the machines of a stream keep beside its reader', async () => {
    const rows = await runStreamMemory(undefined, TINY);
    expect(rows.map(({ measure }) => measure)).to.deep.equal([
      'KiB per open stream, chat',
      'KiB per open stream, responses',
    ]);
    for (const { ours, floor } of rows) expect(ours).to.be.greaterThan(floor ?? Number.NaN);
  });

  it('is what servers keep for streams of which half was given', async () => {
    const rows = await runOpenStreams(stage, TINY);
    expect(rows.map(({ measure }) => measure)).to.deep.equal([
      'KiB per open stream',
      'KiB per open stream',
      'RSS with 10 streams, MiB',
    ]);
    for (const { ours } of rows) expect(ours).to.be.greaterThan(0);
    expect(rows.map(({ target }) => target)).to.deep.equal([undefined, undefined, undefined]);
  });

  it('is a line through what is left after thousands of requests, judged where there were enough of them', async () => {
    const rows = await runSlope(stage, { ...TINY, share: 0.005 });
    expect(rows.map(({ measure }) => measure.split(',')[0])).to.deep.equal(['RSS', 'heap']);
    for (const { ours, floor, target } of rows) {
      expect(ours).to.satisfy(Number.isFinite);
      expect(floor).to.satisfy(Number.isFinite);
      expect(target).to.equal(undefined);
    }
  });

  it('is growth only where the floor does not grow as much', () => {
    const floor = { slope: 2, doubt: 0.3 };
    expect(judgeGrowth({ slope: 2.4, doubt: 0.4 }, floor)).to.equal('met');
    expect(judgeGrowth({ slope: -3, doubt: 0.4 }, floor)).to.equal('met');
    expect(judgeGrowth({ slope: 2.6, doubt: 0.4 }, floor)).to.equal('not met');
    expect(judgeGrowth({ slope: 2.6, doubt: 5 }, floor)).to.equal('unresolved');
  });

  it('is half of an answer and then its other half', async () => {
    stage.upstream.answerWith(ANSWER, true);
    const streams: HeldStreams = {
      port: stage.servers.claudex.port,
      path: '/proxy/translated/v1/messages',
      token: TOKEN,
      body: smallBody(true),
      count: 3,
      half: 6,
      whole: 10,
    };
    const hold = (changed: Partial<HeldStreams>): Promise<string> =>
      holdStreams({ ...streams, ...changed }, stage.upstream.holdHalfway(), () => Promise.resolve('held')).catch(
        String,
      );
    expect(await hold({})).to.equal('held');
    expect(await hold({ whole: 11 })).to.include('answered with 10 of 11 pieces');
    expect(await hold({ path: '/proxy/nobody/v1/messages' })).to.include('answered 404 with 0 pieces');
  });
});
