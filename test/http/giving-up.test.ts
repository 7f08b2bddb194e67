import { getEventListeners, once } from 'node:events';
import { createServer } from 'node:http';
import { expect } from 'chai';
import { waitUntil } from '../support/wait-until.ts';
import { describeBoth, errorOf, LIMITS } from './both-clients.ts';

describeBoth('giving up', (bench) => {
  it('stops at once when its caller gives up in the body, and closes the connection', async () => {
    const closed = Promise.withResolvers<void>();
    const url = await bench.serve((request, response) => {
      request.socket.once('close', () => closed.resolve());
      response.write('begin');
    });
    const call = new AbortController();
    const response = await bench.get(url, LIMITS, call.signal);
    const reading = errorOf(response.text(100));
    call.abort();
    expect((await reading).kind).to.equal('aborted');
    await closed.promise;
  });

  it('stops at once when its caller gives up before the head, and closes the connection', async () => {
    const asked = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<void>();
    const url = await bench.serve((request) => {
      request.socket.once('close', () => closed.resolve());
      asked.resolve();
    });
    const call = new AbortController();
    const waiting = errorOf(bench.post(url, 'question', LIMITS, call.signal));
    await asked.promise;
    call.abort();
    expect((await waiting).kind).to.equal('aborted');
    await closed.promise;
  });

  it('stops in the middle of a request that the upstream does not read', async () => {
    const closed = Promise.withResolvers<void>();
    const connected = Promise.withResolvers<void>();
    const url = await bench.serveBytes((socket) => {
      connected.resolve();
      socket.pause().once('close', () => closed.resolve());
    });
    const call = new AbortController();
    const waiting = errorOf(bench.post(url, Buffer.alloc(30_000_000), LIMITS, call.signal));
    await connected.promise;
    call.abort();
    expect((await waiting).kind).to.equal('aborted');
    for (const socket of bench.sockets) socket.resume();
    await closed.promise;
  });

  it('does not even begin when its caller has given up before', async () => {
    let asked = false;
    const url = await bench.serve((_request, response) => {
      asked = true;
      response.end();
    });
    expect((await errorOf(bench.post(url, Buffer.from('question'), LIMITS, AbortSignal.abort()))).kind).to.equal(
      'aborted',
    );
    // An error that nobody listens to would end this process before the next turn is over.
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).to.equal(false);
  });

  it('closes a connection that is only being opened', async () => {
    // Secured connections are open when both sides have said so, and this side never does.
    const opened = Promise.withResolvers<void>();
    const closed = Promise.withResolvers<void>();
    const url = await bench.serveBytes((socket) => {
      socket.resume().once('close', () => closed.resolve());
      opened.resolve();
    });
    const call = new AbortController();
    const waiting = errorOf(bench.get(url.replace('http:', 'https:'), LIMITS, call.signal));
    await opened.promise;
    call.abort();
    expect((await waiting).kind).to.equal('aborted');
    await closed.promise;
  });

  it('gives up before there is a connection, and the next call works', async () => {
    const url = await bench.serve((_request, response) => void response.end('ok'));
    const call = new AbortController();
    const waiting = errorOf(bench.get(url, LIMITS, call.signal));
    call.abort();
    expect((await waiting).kind).to.equal('aborted');
    expect(await (await bench.get(url)).text(10)).to.equal('ok');
  });

  it('closes the connection when its answer is cancelled', async () => {
    const closed = Promise.withResolvers<void>();
    const url = await bench.serve((request, response) => {
      request.socket.once('close', () => closed.resolve());
      response.write('begin');
    });
    (await bench.get(url)).cancel();
    await closed.promise;
  });

  it('closes the connection when its reader stops in the middle', async () => {
    const closed = Promise.withResolvers<void>();
    const url = await bench.serve((request, response) => {
      request.socket.once('close', () => closed.resolve());
      response.write('begin');
    });
    for await (const piece of (await bench.get(url)).body) {
      expect(Buffer.from(piece).toString()).to.equal('begin');
      break;
    }
    await closed.promise;
  });

  it('leaves nothing behind after 1,000 calls that were given up', async () => {
    const url = await bench.serve((request, response) => {
      if (request.url === '/silent') return;
      response.write('begin');
    });
    const call = new AbortController();
    const warnings: string[] = [];
    const warn = (warning: Error): number => warnings.push(warning.message);
    process.on('warning', warn);
    // Other tests of this process may have left some.
    const before = openSockets();
    try {
      for (let n = 0; n < 1_000; n += 1) {
        const each = new AbortController();
        if (n % 3 === 0) {
          const waiting = errorOf(bench.post(`${url}/silent`, 'question', LIMITS, each.signal));
          if (n % 2 === 0) await new Promise((resolve) => setImmediate(resolve));
          each.abort();
          expect((await waiting).kind).to.equal('aborted');
        } else {
          // One signal for many calls, as that of a whole process would be.
          const response = await bench.get(url, LIMITS, n % 3 === 1 ? each.signal : call.signal);
          if (n % 3 === 1) each.abort();
          else response.cancel();
        }
      }
      await waitUntil('all connections are closed', () => bench.sockets.size === 0);
      expect(warnings).to.deep.equal([]);
      expect(getEventListeners(call.signal, 'abort')).to.deep.equal([]);
      expect(openSockets()).to.be.at.most(before);
    } finally {
      process.off('warning', warn);
    }
  });

  it('does not keep what waits on a signal that outlives the call', async () => {
    const url = await bench.serve((_request, response) => void response.end('ok'));
    const call = new AbortController();
    for (let n = 0; n < 20; n += 1) await (await bench.get(url, LIMITS, call.signal)).text(10);
    const server = createServer();
    const nobody = await bench.open(server);
    server.close();
    await once(server, 'close');
    for (let n = 0; n < 20; n += 1) await errorOf(bench.get(nobody, LIMITS, call.signal));
    expect(getEventListeners(call.signal, 'abort')).to.deep.equal([]);
  });
});

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
}
