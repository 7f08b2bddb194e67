import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { answering } from '../faults/support/answers.ts';
import { chat } from '../faults/support/dialects/chat.ts';
import { expectContent } from '../faults/support/expect-answer.ts';
import { FaultStage } from '../faults/support/fault-stage.ts';
import { ask, expectError } from './support/ask.ts';
import { CAN_LOOK_INSIDE, expectCheap, MIB } from './support/memory.ts';
import { rawHead, sendRaw } from './support/raw-connection.ts';

const MOST_BYTES = 48 * MIB;
const PIECE = Buffer.alloc(MIB, ' ');

describe('a body beyond proxy_max_body_mb', function () {
  this.timeout(60_000);
  const stage = new FaultStage();
  const profile = stage.profile({ dialect: chat, script: answering(chat) });
  before(() => stage.start());
  after(() => stage.close());
  afterEach('the proxy still answers, and no provider was called with any of it', async () => {
    const before = profile.calls.length;
    expectContent(await profile.ask());
    expect(profile.calls.length).to.equal(before + 1);
  });

  const path = `/proxy/${profile.name}/v1/messages`;
  const paths = ['/v1/messages', path, `${path}/count_tokens`];
  const headTo = (target: string, ...headers: string[]): string =>
    rawHead(`POST ${target} HTTP/1.1`, stage.proxy.port, [
      `Authorization: Bearer ${stage.token}`,
      'Content-Type: application/json',
      ...headers,
    ]);

  it('SEC-14: is refused with 413, and not kept', async function () {
    if (!CAN_LOOK_INSIDE) return this.skip();
    const body = Buffer.alloc(33 * MIB, ' ');
    const headers = { authorization: `Bearer ${stage.token}`, 'content-type': 'application/json' };
    await expectCheap(stage.proxy.pid, MOST_BYTES, async () => {
      for (const target of [...paths, '/-/sessions'])
        expectError(await ask(stage.proxy.port, target, { method: 'POST', headers, body }), 413, 'request_too_large');
    });
    return undefined;
  });

  it('SEC-14: ends with its connection where it would never end', async function () {
    if (!CAN_LOOK_INSIDE) return this.skip();
    await expectCheap(stage.proxy.pid, MOST_BYTES, async () => {
      for (const target of paths) {
        const { sent, text } = await sendForEver(stage.proxy.port, headTo(target, 'Transfer-Encoding: chunked'));
        expect(sent).to.be.lessThan(256 * MIB);
        // Who goes on sending may lose the answer with the connection.
        if (text !== '') expect(text).to.match(/^HTTP\/1\.1 413 /);
      }
    });
    return undefined;
  });

  it('SEC-14: is refused by what its length says, before it is sent', async () => {
    const lengths = [33 * MIB, 2 ** 40, Number.MAX_SAFE_INTEGER];
    const answers = paths.flatMap((target) =>
      lengths.map((length) => sendRaw(stage.proxy.port, headTo(target, `Content-Length: ${length}`))),
    );
    for (const { statuses, isClosed } of await Promise.all(answers)) {
      expect(statuses).to.deep.equal([413]);
      expect(isClosed).to.equal(true);
    }
  });

  it('SEC-14: ends where its length says, and what comes then is refused', async () => {
    for (const target of paths) {
      const text = `${headTo(target, 'Content-Length: 1')}${'{'.repeat(1_000)}`;
      const { statuses, isClosed } = await sendRaw(stage.proxy.port, text);
      expect(statuses).to.include(400).and.not.include(200);
      expect(isClosed).to.equal(true);
    }
  });

  it('SEC-14: is nobody’s request when it breaks off before its length', async () => {
    for (const target of paths) {
      const socket = connect(stage.proxy.port, '127.0.0.1');
      await written(socket, `${headTo(target, 'Content-Length: 1000')}{"model":"m"`);
      await wait(50);
      socket.destroy();
    }
    expect(stage.proxy.output()).not.to.include('"event":"bug"');
  });
});

/** Sends chunks until the other side hangs up. */
async function sendForEver(port: number, head: string): Promise<{ readonly sent: number; readonly text: string }> {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  let sent = 0;
  socket.setEncoding('latin1').on('data', (piece: string) => (text += piece));
  socket.on('error', () => socket.destroy());
  socket.write(head);
  const size = `${PIECE.length.toString(16)}\r\n`;
  while (!socket.destroyed && !socket.readableEnded) {
    socket.write(size);
    socket.write(PIECE);
    await written(socket, '\r\n');
    sent += PIECE.length;
  }
  socket.destroy();
  return { sent, text };
}

/** Settles when the bytes are taken, or the connection is gone. */
async function written(socket: Socket, bytes: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  socket.once('close', resolve);
  socket.write(bytes, () => resolve());
  await promise;
  socket.off('close', resolve);
}
