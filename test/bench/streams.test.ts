import { expect } from 'chai';
import { smallBody } from '../../bench/fixtures/request-body.ts';
import { MARK } from '../../bench/fixtures/prose.ts';
import { setStage, type Stage } from '../../bench/proxy/stage.ts';
import { runFirstEvent } from '../../bench/streams/first-event.ts';
import { runLargeBody } from '../../bench/streams/large-body.ts';
import { NumberCheck, numberedAnswer } from '../../bench/streams/numbered.ts';
import { PACED_LOADS, runPaced } from '../../bench/streams/paced.ts';
import { readStreams, type NumberedStreams } from '../../bench/streams/read-streams.ts';

const TINY = { rounds: 1, shortRounds: 1, pacedRounds: 1, share: 0.02 };
const PATH = '/proxy/translated/v1/messages';

describe('what the benches of streams measure', function () {
  this.timeout(60_000);
  let stage: Stage;

  before(async () => {
    stage = await setStage(undefined);
  });

  after(() => stage.close());

  it('is a stream whose pieces are all there, once and in their order', () => {
    const pieces = numberedAnswer(12).text;
    const read = (texts: readonly string[]): number => {
      const check = new NumberCheck();
      return texts.reduce((count, text) => count + check.push(text), 0);
    };
    expect(read(pieces)).to.equal(12);
    expect(read(pieces.join('').split(''))).to.equal(12);
    expect(read([`data: {"x": "${pieces.join(' #, #7 ')}"}`])).to.equal(12);
    expect(() => read(pieces.toSpliced(3, 1))).to.throw('piece 4 came instead of 3');
    expect(() => read(pieces.toSpliced(3, 0, ` #2${MARK}`))).to.throw('piece 2 came instead of 3');
    expect(() => read(pieces.toReversed())).to.throw('piece 11 came instead of 0');
  });

  it('is never a stream that ended early, a refusal or a dead end', async () => {
    const read = (changed: Partial<NumberedStreams>): Promise<string> => {
      stage.upstream.answerWith(numberedAnswer(6), true);
      const streams = { port: stage.servers.claudex.port, path: PATH, body: smallBody(true), count: 2, pieces: 6 };
      const reading = readStreams({ ...streams, ...changed });
      return Promise.all([reading.begun, reading.ended]).then(() => `${reading.received()} pieces`, String);
    };
    expect(await read({})).to.equal('12 pieces');
    expect(await read({ pieces: 7 })).to.include('answered 200 with 6 of 7 pieces');
    expect(await read({ path: '/proxy/nobody/v1/messages' })).to.include('answered 404 with 0 of 6 pieces');
  });

  it('is as slow as it is asked to be', async () => {
    stage.upstream.answerWith(numberedAnswer(5), true, 40);
    const streams = { port: stage.servers.pass.port, path: PATH, body: smallBody(true), count: 1, pieces: 5 };
    const startedAt = performance.now();
    const [seen] = await readStreams(streams).ended;
    expect(performance.now() - startedAt).to.be.greaterThan(5 * 40);
    expect(seen?.worstGapMs).to.be.greaterThan(35);
    expect(seen?.firstMs).to.be.greaterThan(35);
  });

  for (const [name, load] of Object.entries(PACED_LOADS)) {
    it(`is CPU time, memory and gaps of ${name}`, async () => {
      const rows = await runPaced(name, { ...load, windowMs: 10_000 }, stage, TINY);
      expect(rows.map(({ measure }) => measure)).to.deep.equal([
        'CPU, µs per event',
        'CPU, µs per event',
        `RSS with ${load.streams * TINY.share} streams, MiB`,
        'worst gap in a stream, p99, ms',
      ]);
      expect(rows.map(({ target }) => target)).to.deep.equal([1.3, undefined, undefined, undefined]);
      for (const { ours } of rows) expect(ours).to.be.greaterThan(0);
    });
  }

  it('is the time to the first event of streams that begin alone and together', async () => {
    const rows = await runFirstEvent(stage, TINY);
    expect(rows).to.have.length(6);
    for (const { ours, floor } of rows) {
      expect(ours).to.be.greaterThan(0);
      expect(floor).to.be.greaterThan(0);
    }
  });

  it('is the pause that a large body brings to other streams, judged only where it is large', async () => {
    const rows = await runLargeBody(stage, TINY);
    expect(rows.map(({ against }) => against)).to.deep.equal(['quiet', 'jsonfloor', 'pass']);
    for (const { ours, target } of rows) {
      expect(ours).to.be.greaterThan(0);
      expect(target).to.equal(undefined);
    }
  });
});
