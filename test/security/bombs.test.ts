import { expect } from 'chai';
import type { Script } from '../faults/support/call.ts';
import { expectFailure } from '../faults/support/expect-answer.ts';
import { FaultStage } from '../faults/support/fault-stage.ts';
import { whole } from '../faults/support/http-text.ts';
import { send } from '../faults/support/steps.ts';
import { DIALECTS } from '../faults/support/ways.ts';
import { BOMBS, packed } from './support/bombs.ts';
import { CAN_LOOK_INSIDE, expectCheap, MIB } from './support/memory.ts';

const MOST_BYTES = 64 * MIB;
const PIECE = 'a'.repeat(MIB);
const PIECES = 256;
/** The rule is two seconds. */
const LIMIT_MS = 10_000;

describe('a body of a provider that unpacks to 256 MiB', function () {
  this.timeout(60_000);
  const stage = new FaultStage({ retry: { max_attempts: 1 } });
  const bombs = new Map<string, Buffer>();
  const cases = DIALECTS.flatMap((dialect) =>
    Object.keys(BOMBS).flatMap((encoding) =>
      [true, false].flatMap((stream) =>
        [200, 500].map((status) => {
          const type = stream && status === 200 ? 'text/event-stream' : 'application/json';
          const script: Script = () => [
            send(
              whole(status, '', {
                'content-type': type,
                'content-encoding': encoding,
                'content-length': String(bombs.get(`${encoding} ${type}`)?.length),
              }),
            ),
            send(bombs.get(`${encoding} ${type}`) ?? ''),
          ];
          const title = `${encoding}, ${stream ? 'stream' : 'whole'}, ${status}, ${dialect.title}`;
          return { title, stream, status, profile: stage.profile({ dialect, script }) };
        }),
      ),
    ),
  );
  before('pack them', async function () {
    this.timeout(60_000);
    for (const [encoding, make] of Object.entries(BOMBS)) {
      bombs.set(`${encoding} application/json`, await packed(make, '{"error":{"message":"', PIECE, PIECES));
      bombs.set(`${encoding} text/event-stream`, await packed(make, 'data: {"id":"', PIECE, PIECES));
    }
    await stage.start();
  });
  after(() => stage.close());

  for (const { title, stream, status, profile } of cases)
    it(`SEC-20: is a failure, and cheap: ${title}`, async function () {
      if (!CAN_LOOK_INSIDE) return this.skip();
      await expectCheap(stage.proxy.pid, MOST_BYTES, async () => {
        const answer = await profile.ask({ stream });
        expectFailure(answer, [status, 502]);
        expect(answer.endMs).to.be.lessThan(LIMIT_MS);
        expect(answer.body.length).to.be.lessThan(MIB);
      });
      return undefined;
    });
});
