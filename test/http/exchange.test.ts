import { expect } from 'chai';
import type { UpstreamError } from '../../src/http/index.ts';
import { describeBoth, errorOf, LIMITS } from './both-clients.ts';

describeBoth('asking and reading', (bench) => {
  it('sends method, path, headers and body, and gives status, headers and body', async () => {
    const url = await bench.serve((request, response) => {
      let body = '';
      request.on('data', (piece) => (body += String(piece)));
      request.on('end', () => {
        const { method, url: path, headers } = request;
        response.writeHead(201, {
          'x-seen': `${method} ${path} ${String(headers['x-a'])} ${headers['accept-encoding']} ${body}`,
          'x-twice': ['a', 'b'],
        });
        response.end('answer');
      });
    });
    const response = await bench.client.send(
      { method: 'POST', url: `${url}/v1/messages?beta=true`, headers: { 'x-a': '1' }, body: 'question' },
      LIMITS,
      new AbortController().signal,
    );
    expect(response.status).to.equal(201);
    expect(response.headers['x-seen']).to.equal('POST /v1/messages?beta=true 1 identity question');
    expect(response.headers['x-twice']).to.equal('a, b');
    expect(await response.text(100)).to.equal('answer');
  });

  for (const size of [0, 10, 100_000, 3_000_000]) {
    it(`sends ${size} bytes as text and as bytes, with their length`, async () => {
      const lengths: string[] = [];
      const url = await bench.serve((request, response) => {
        let got = 0;
        request.on('data', (piece: Buffer) => (got += piece.byteLength));
        request.on('end', () => {
          lengths.push(`${request.headers['content-length']} ${got}`);
          response.end('ok');
        });
      });
      const text = 'ä'.repeat(size / 2);
      for (const body of [text, new Uint8Array(Buffer.from(`x${text}`).buffer, 1, 0), Buffer.from(text)]) {
        if (body.length > 0 || size === 0) await (await bench.post(url, body)).text(10);
      }
      expect(new Set(lengths)).to.deep.equal(new Set([`${size} ${size}`]));
    });
  }

  it('reads no more of a body than asked for, and closes the connection', async () => {
    const closed = Promise.withResolvers<void>();
    const url = await bench.serve((request, response) => {
      request.socket.once('close', () => closed.resolve());
      response.write('0123456789'.repeat(1000));
    });
    expect(await (await bench.get(url)).text(15)).to.equal('012345678901234');
    await closed.promise;
  });

  it('gives a large answer whole, also to a reader that is slower than the upstream', async () => {
    const whole = Buffer.alloc(4 * 1024 * 1024, 'abcdefghij');
    const url = await bench.serve((_request, response) => void response.end(whole));
    const pieces: Uint8Array[] = [];
    for await (const piece of (await bench.get(url)).body) {
      pieces.push(piece);
      if (pieces.length % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(Buffer.concat(pieces).equals(whole)).to.equal(true);
  });

  it('never follows a redirect, because the key would travel along', async () => {
    let followed = false;
    const target = await bench.serve((_request, response) => {
      followed = true;
      response.end();
    });
    for (const status of [301, 302, 303, 307, 308]) {
      const url = await bench.serve(
        (_request, response) => void response.writeHead(status, { location: target }).end(),
      );
      const error: UpstreamError = await errorOf(bench.post(url, 'question'));
      expect([error.kind, error.isPermanent]).to.deep.equal(['refused-redirect', true]);
      expect(error.message).to.contain(String(status));
    }
    expect(followed).to.equal(false);
  });

  for (const status of [204, 205]) {
    it(`reports ${status} as what it is`, async () => {
      const url = await bench.serve((_request, response) => {
        response.writeHead(status, { 'content-encoding': 'gzip', 'content-length': 0 }).end();
      });
      const response = await bench.get(url);
      expect([response.status, await response.text(10)]).to.deep.equal([status, '']);
    });
  }

  for (const hint of [
    'HTTP/1.1 100 Continue\r\n\r\n',
    'HTTP/1.1 102 Processing\r\n\r\n',
    'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n',
  ]) {
    it(`passes over ${hint.slice(9, 12)}, which is no answer`, async () => {
      const url = await bench.serveBytes((socket) => {
        socket.once('data', () => socket.write(`${hint}HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok`));
      });
      const response = await bench.post(url, 'question');
      expect([response.status, response.headers['link'], await response.text(10)]).to.deep.equal([
        200,
        undefined,
        'ok',
      ]);
    });
  }

  it('understands HTTP/1.0, whose answer ends with the connection', async () => {
    const url = await bench.serveBytes((socket) => {
      socket.once('data', () => socket.end('HTTP/1.0 200 OK\r\ncontent-type: text/plain\r\n\r\nold but good'));
    });
    expect(await (await bench.get(url)).text(100)).to.equal('old but good');
  });

  it('understands an answer without a length, which ends with the connection', async () => {
    const url = await bench.serveBytes((socket) => {
      socket.once('data', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\nfirst ');
        setTimeout(() => socket.end('second'), 20);
      });
    });
    expect(await (await bench.get(url)).text(100)).to.equal('first second');
  });
});
