import { setTimeout as pause } from 'node:timers/promises';
import { createServer } from 'node:net';
import { expect } from 'chai';
import { describeBoth, errorOf, LIMITS } from './both-clients.ts';

const OFF = { connectMs: 0, firstByteMs: 0, idleMs: 0 };

describeBoth('clocks', (bench) => {
  it('gives up when no answer begins in time, and closes the connection', async () => {
    const closed = Promise.withResolvers<void>();
    const url = await bench.serve((request) => void request.socket.once('close', () => closed.resolve()));
    const error = await errorOf(bench.post(url, 'question', { ...LIMITS, firstByteMs: 50 }));
    expect(error.kind).to.equal('timeout');
    expect(error.message).to.contain('no answer within 0.05 s');
    await closed.promise;
  });

  it('gives up when the body falls silent, and closes the connection', async () => {
    const closed = Promise.withResolvers<void>();
    const url = await bench.serve((request, response) => {
      request.socket.once('close', () => closed.resolve());
      response.write('begin');
    });
    const response = await bench.get(url, { ...LIMITS, idleMs: 50 });
    const error = await errorOf(response.text(100));
    expect(error.kind).to.equal('timeout');
    expect(error.message).to.contain('silent for 0.05 s');
    await closed.promise;
  });

  it('gives up when a connection is not open in time, with TLS: not secured', async () => {
    const closed = Promise.withResolvers<void>();
    const url = await bench.serveBytes((socket) => void socket.resume().once('close', () => closed.resolve()));
    const limits = { ...LIMITS, connectMs: 100 };
    const error = await errorOf(bench.post(url.replace('http:', 'https:'), 'question', limits));
    expect(error.kind).to.equal('timeout');
    expect(error.message).to.contain('did not accept a connection in time');
    await closed.promise;
  });

  it('has time for the first byte that does not end with the time to connect', async () => {
    const url = await bench.serve((_request, response) => void setTimeout(() => response.end('late'), 300));
    expect(await (await bench.get(url, { ...LIMITS, connectMs: 100 })).text(10)).to.equal('late');
  });

  it('does not count the time that its own reader takes', async () => {
    let finish = (): void => {};
    const url = await bench.serve((_request, response) => {
      finish = () => response.end('b');
      response.write('a');
    });
    const response = await bench.get(url, { ...LIMITS, idleMs: 500 });
    let seen = '';
    for await (const piece of response.body) {
      seen += Buffer.from(piece).toString();
      if (seen !== 'a') continue;
      await pause(700);
      // Arrives after the limit has passed, and at once after the reader is back.
      finish();
    }
    expect(seen).to.equal('ab');
  });

  it('counts anew after each piece, so that a slow stream lives as long as it is not silent', async () => {
    const url = await bench.serve((_request, response) => {
      let left = 8;
      const timer = setInterval(() => {
        if (left > 0) response.write(String(left));
        else response.end(() => clearInterval(timer));
        left -= 1;
      }, 100);
    });
    expect(await (await bench.get(url, { ...LIMITS, idleMs: 500 })).text(100)).to.equal('87654321');
  });

  it('gives up a silence that begins after its own reader was slow', async () => {
    const url = await bench.serve((_request, response) => void response.write('begin'));
    const response = await bench.get(url, { ...LIMITS, idleMs: 100 });
    const pieces = response.body[Symbol.asyncIterator]();
    await pieces.next();
    await pause(200);
    expect((await errorOf(pieces.next())).message).to.contain('silent for 0.1 s');
  });

  it('waits for ever where a limit is 0', async () => {
    const url = await bench.serve((_request, response) => {
      setTimeout(() => response.write('a'), 150);
      setTimeout(() => response.end('b'), 300);
    });
    expect(await (await bench.post(url, 'question', OFF)).text(10)).to.equal('ab');
  });

  it('says that nothing listens, without the query', async () => {
    const server = createServer();
    const url = await bench.open(server);
    await new Promise((resolve) => server.close(resolve));
    const error = await errorOf(bench.get(`${url}/?key=secret`));
    expect([error.kind, error.isPermanent]).to.deep.equal(['connection', false]);
    expect(error.message).to.contain(url).and.contain('ECONNREFUSED').and.not.contain('secret');
  });

  it('says that a name means nothing, and serves others meanwhile', async () => {
    const url = await bench.serve((_request, response) => void response.end('ok'));
    const unknown = Array.from({ length: 12 }, (_, n) => errorOf(bench.get(`http://p${n}.invalid/?key=secret`)));
    expect(await (await bench.get(url)).text(10)).to.equal('ok');
    for (const error of await Promise.all(unknown)) {
      expect(error.kind).to.equal('connection');
      expect(error.message)
        .to.match(/ENOTFOUND|EAI_AGAIN/)
        .and.not.contain('secret');
    }
  });
});
