import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { describeBoth, errorOf } from './both-clients.ts';

const ANSWER = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

/** Calls back with the number of the request on its connection, once each has come with its 8 bytes of body. */
function onRequests(socket: Socket, answer: (n: number) => void): void {
  let text = '';
  let n = 0;
  socket.on('data', (piece: Buffer) => {
    text += piece.toString('latin1');
    for (let end = text.indexOf('question'); end >= 0; end = text.indexOf('question')) {
      text = text.slice(end + 8);
      answer(n);
      n += 1;
    }
  });
}

describeBoth('connections that are used again', (bench) => {
  it('uses a connection again', async () => {
    let connections = 0;
    const url = await bench.serveBytes((socket) => {
      connections += 1;
      onRequests(socket, () => void socket.write(ANSWER));
    });
    for (let n = 0; n < 5; n += 1) {
      expect(await (await bench.post(url, 'question')).text(10)).to.equal('ok');
      await pause(5);
    }
    expect(connections).to.equal(1);
  });

  it('gets every answer of an upstream that resets the connection after each', async () => {
    const url = await bench.serveBytes((socket) => {
      onRequests(socket, () => void socket.write(ANSWER, () => socket.resetAndDestroy()));
    });
    for (let n = 0; n < 50; n += 1) expect(await (await bench.post(url, 'question')).text(10)).to.equal('ok');
  });

  for (const how of ['resetAndDestroy', 'end'] as const) {
    it(`repeats a request once when a used connection is closed by ${how} instead of an answer`, async () => {
      const seen: number[] = [];
      const url = await bench.serveBytes((socket) => {
        onRequests(socket, (n) => {
          seen.push(n);
          if (n === 0) socket.write(ANSWER);
          else socket[how]();
        });
      });
      for (let n = 0; n < 3; n += 1) {
        expect(await (await bench.post(url, 'question')).text(10)).to.equal('ok');
        await pause(20);
      }
      // The first connection sees a second request and closes; that one comes again, alone.
      expect(seen).to.deep.equal([0, 1, 0, 0]);
    });
  }

  it('repeats it once, not twice', async () => {
    let connections = 0;
    const url = await bench.serveBytes((socket) => {
      connections += 1;
      const isFirst = connections === 1;
      onRequests(socket, (n) => {
        if (isFirst && n === 0) socket.write(ANSWER);
        else socket.resetAndDestroy();
      });
    });
    await (await bench.post(url, 'question')).text(10);
    await pause(20);
    expect((await errorOf(bench.post(url, 'question'))).kind).to.equal('connection');
    expect(connections).to.equal(2);
  });

  it('does not repeat a request on a new connection', async () => {
    let connections = 0;
    const url = await bench.serveBytes((socket) => {
      connections += 1;
      onRequests(socket, () => void socket.resetAndDestroy());
    });
    expect((await errorOf(bench.post(url, 'question'))).kind).to.equal('connection');
    expect(connections).to.equal(1);
  });

  it('does not repeat a request when a part of an answer came', async () => {
    let requests = 0;
    const url = await bench.serveBytes((socket) => {
      onRequests(socket, (n) => {
        requests += 1;
        if (n === 0) socket.write(ANSWER);
        else socket.write('HTTP/1.1 200 O', () => setTimeout(() => socket.resetAndDestroy(), 50));
      });
    });
    await (await bench.post(url, 'question')).text(10);
    await pause(20);
    expect((await errorOf(bench.post(url, 'question'))).kind).to.equal('connection');
    expect(requests).to.equal(2);
  });

  it('repeats a large request whole', async () => {
    const large = `${'x'.repeat(200_000)}question`;
    const url = await bench.serveBytes((socket) => {
      onRequests(socket, (n) => {
        if (n === 0) socket.write(ANSWER);
        else socket.resetAndDestroy();
      });
    });
    for (let n = 0; n < 3; n += 1) {
      expect(await (await bench.post(url, large)).text(10)).to.equal('ok');
      await pause(20);
    }
  });
});
