import { join } from 'node:path';
import { expect } from 'chai';
import { runProcess } from '../support/run-process.ts';
import { ROOT } from '../support/source-files.ts';
import type { Answer } from './support/client.ts';
import type { TimedEvent } from './support/event-clock.ts';
import { slopeOf } from './soak/samples.ts';
import { addAnswer, emptyTally, isSpotless } from './soak/tally.ts';

const DRIVER = join(ROOT, 'test/faults/soak/main.ts');

/** A stream with these pieces of text. */
function answerOf(pieces: readonly string[], ending: readonly string[] = ['message_delta', 'message_stop']): Answer {
  const event = (type: string, more: object = {}): TimedEvent => ({ at: 0, name: type, type, ...more });
  const events = [
    event('message_start', { message: {} }),
    event('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    ...pieces.map((text) => event('content_block_delta', { index: 0, delta: { type: 'text_delta', text } })),
    ...(ending.includes('error') ? [] : [event('content_block_stop', { index: 0 })]),
    ...ending.map((type) => event(type)),
  ];
  return { status: 200, headers: {}, body: '', events, whole: true, headMs: 0, endMs: 0 };
}

describe('a soak', function () {
  this.timeout(120_000);

  it('of a few seconds loses nothing, though a fifth of the answers fail', async () => {
    const args = [DRIVER, '--minutes', '0.2', '--streams', '20', '--chaos', '0.2', '--seed', '7'];
    const { code, stdout, stderr } = await runProcess(process.execPath, args, {
      cwd: ROOT,
      environment: { PATH: process.env['PATH'] ?? '' },
      limitMs: 110_000,
    });
    expect(code, stdout + stderr).to.equal(0);
    expect(stdout).to.match(/answers: [1-9]\d* complete, \d+ ended with one error/);
    expect(stdout).to.include('lost 0, doubled 0, reordered 0, invalid 0, hanging 0');
  });

  for (const [what, answer, counted] of [
    ['complete', answerOf(['[0] ', '[1] [2] ']), { complete: 1 }],
    ['lost', answerOf(['[0] ', '[2] ']), { complete: 1, lost: 1 }],
    ['doubled', answerOf(['[0] ', '[1] ', '[1] ', '[2] ']), { complete: 1, doubled: 1 }],
    ['reordered', answerOf(['[0] ', '[2] ', '[1] ']), { complete: 1, reordered: 1 }],
    ['broken off', answerOf(['[0] ', '[1] '], ['error']), { broken: 1 }],
    ['lost before it broke off', answerOf(['[0] ', '[2] '], ['error']), { broken: 1, lost: 1 }],
    ['without an end', answerOf(['[0] '], []), { invalid: 1 }],
    ['with an end and an error', answerOf(['[0] '], ['message_delta', 'message_stop', 'error']), { invalid: 1 }],
    ['cut by the transport', { ...answerOf(['[0] ']), whole: false }, { invalid: 1 }],
  ] as const)
    it(`notices an answer that is ${what}`, () => {
      const tally = emptyTally();
      addAnswer(tally, answer, 3);
      const { events } = tally;
      expect(tally).to.deep.equal({ ...emptyTally(), ...counted, events });
      expect(isSpotless(tally)).to.equal(
        'complete' in counted ? Object.keys(counted).length === 1 : 'broken' in counted && !('lost' in counted),
      );
    });

  it('tells how fast memory grows, from the second minute on', () => {
    const samples = Array.from({ length: 60 }, (_, n) => ({
      at: n * 5_000,
      memory: (n < 24 ? 500 : 100 + n / 12) * 1024 * 1024,
      descriptors: 10,
    }));
    expect(slopeOf(samples)).to.be.closeTo(1, 0.01);
    expect(slopeOf(samples.slice(0, 20))).to.equal(undefined);
  });
});
