import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { createExchangeClient, type UpstreamClient } from '../../src/http/index.ts';
import { errorOf, LIMITS, useBench } from './both-clients.ts';

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

describe('the client for exchanges alone', () => {
  const bench = useBench(createExchangeClient);

  it('reports a change to another protocol that nobody asked for', async () => {
    const url = await bench.serveBytes((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 101 Switching\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'));
    });
    expect((await errorOf(bench.post(url, 'question'))).kind).to.equal('protocol');
  });

  it('reports a chunk whose length is no number', async () => {
    const url = await bench.serveBytes((socket) => {
      socket.once('data', () =>
        socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nbegin\r\nzz\r\nrest'),
      );
    });
    const response = await bench.post(url, 'question');
    const error = await errorOf(response.text(100));
    expect(error.kind).to.equal('protocol');
    expect(error.message).to.not.contain('rest');
    expect(error.cause).to.equal(undefined);
  });

  it('passes over 100 Continue in pieces of any size, and reads answers in such pieces', async () => {
    const whole = `HTTP/1.1 100 Continue\r\nx: y\r\n\r\nHTTP/1.1 100\r\n\r\n${ANSWER}`;
    for (const size of [1, 3, 7, 40]) {
      const url = await bench.serveBytes((socket) => {
        socket.setNoDelay(true);
        socket.once('data', () => void trickle(socket, whole, size));
      });
      const response = await bench.post(url, 'question');
      expect([response.status, await response.text(10)], `pieces of ${size}`).to.deep.equal([200, 'ok']);
    }
  });

  it('leaves what looks like 100 Continue in a body alone', async () => {
    const text = 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100';
    const url = await bench.serve((_request, response) => {
      response.writeHead(200, { 'content-length': text.length });
      response.flushHeaders();
      setTimeout(() => response.end(text), 30);
    });
    expect(await (await bench.post(url, 'question')).text(100)).to.equal(text);
  });

  it('keeps nothing of a large request once its answer has begun', async () => {
    const url = await bench.serve((request, response) => {
      request.resume().on('end', () => response.write('begin'));
    });
    const open = await Promise.all(Array.from({ length: 20 }, () => openLarge(bench.client, url)));
    await pause(50);
    collectGarbage();
    expect(open.filter(({ body }) => body.deref() !== undefined)).to.have.length(0);
    for (const { cancel } of open) cancel();
  });
});

async function trickle(socket: Socket, text: string, size: number): Promise<void> {
  for (let at = 0; at < text.length; at += size) {
    socket.write(text.slice(at, at + size));
    await pause(1);
  }
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

async function openLarge(
  client: UpstreamClient,
  url: string,
): Promise<{ body: WeakRef<object>; readonly cancel: () => void }> {
  const body = Buffer.alloc(1_000_000, 'x');
  const signal = new AbortController().signal;
  const response = await client.send({ method: 'POST', url, headers: {}, body }, LIMITS, signal);
  return { body: new WeakRef(body), cancel: () => response.cancel() };
}
