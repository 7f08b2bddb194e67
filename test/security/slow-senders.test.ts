import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { answering } from '../faults/support/answers.ts';
import { chat } from '../faults/support/dialects/chat.ts';
import { expectContent } from '../faults/support/expect-answer.ts';
import { FaultStage } from '../faults/support/fault-stage.ts';
import { BODY } from './support/guarded-stage.ts';
import { rawHead } from './support/raw-connection.ts';

/** How many of each kind. */
const CROWD = 100;
const EVERY_MS = 1_000;
/** The rule is a minute, and what a busy machine takes to notice. */
const LIMIT_MS = 80_000;

/** A connection on which a byte is sent every second. */
interface SlowSender {
  readonly kind: 'head' | 'body';
  /** How long it lasted, in milliseconds, and what came back. */
  readonly end: Promise<{ readonly lastedMs: number; readonly text: string }>;
  hangUp(): void;
}

const stage = new FaultStage();
const profile = stage.profile({ dialect: chat, script: answering(chat) });
let senders: readonly SlowSender[] = [];

// Before all tests of all files, because it takes more than a minute in which there is nothing to do.
before('begin to send slowly', async function () {
  this.timeout(60_000);
  await stage.start();
  const { port } = stage.proxy;
  const token = `Authorization: Bearer ${stage.token}`;
  const line = `POST /proxy/${profile.name}/v1/messages HTTP/1.1`;
  const head = `${rawHead(line, port, [token]).slice(0, -2)}X-Padding: `;
  const whole = rawHead(line, port, [token, 'Content-Type: application/json', `Content-Length: ${BODY.length}`]);
  senders = Array.from({ length: CROWD }).flatMap(() => [
    sendSlowly('head', port, head, 'x'.repeat(1_000)),
    sendSlowly('body', port, whole, BODY),
  ]);
});
after('end everything', async () => {
  for (const sender of senders) sender.hangUp();
  await stage.close();
});

describe('a crowd that sends a byte a second', () => {
  it('SEC-15: does not hold up anybody else', async () => {
    for (let n = 0; n < 20; n += 1) {
      const answer = await profile.ask();
      expectContent(answer);
      expect(answer.endMs).to.be.lessThan(5_000);
    }
  });

  it('SEC-15: is told to hurry after a minute, and is gone then', async function () {
    this.timeout(LIMIT_MS);
    const ends = await Promise.all(senders.map(async ({ kind, end }) => ({ kind, ...(await end) })));
    for (const { kind, lastedMs, text } of ends) {
      expect(text, kind)
        .to.match(/^HTTP\/1\.1 408 /)
        .and.to.include('"type":"invalid_request_error"');
      expect(lastedMs, kind).to.be.within(50_000, LIMIT_MS);
    }
    expectContent(await profile.ask());
  });
});

function sendSlowly(kind: SlowSender['kind'], port: number, beginning: string, rest: string): SlowSender {
  const begun = Date.now();
  const socket: Socket = connect(port, '127.0.0.1');
  let text = '';
  let sent = 0;
  socket.setEncoding('latin1').on('data', (piece: string) => (text += piece));
  socket.on('error', () => socket.destroy());
  socket.write(beginning);
  const timer = setInterval(() => socket.write(rest[sent++ % rest.length] ?? ''), EVERY_MS);
  const { promise, resolve } = Promise.withResolvers<{ lastedMs: number; text: string }>();
  socket.on('close', () => {
    clearInterval(timer);
    resolve({ lastedMs: Date.now() - begun, text });
  });
  return { kind, end: promise, hangUp: () => socket.destroy() };
}
