import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
  createGzip,
  constants,
} from 'node:zlib';
import { expect } from 'chai';
import { describeBoth, errorOf } from './both-clients.ts';

/** Text as it comes: about four times smaller when compressed. */
const TEXT = Array.from({ length: 4_000 }, (_, n) => `event ${n} says ${(n * 7919) % 104_729}\n`).join('');
const BOMB_BYTES = 256 * 1024 * 1024;
const MEBIBYTE = 1024 * 1024;

const ENCODERS: {
  readonly [name: string]: { readonly encoding: string; readonly encode: (bytes: Uint8Array) => Buffer };
} = {
  gzip: { encoding: 'gzip', encode: (bytes) => gzipSync(bytes) },
  'x-gzip': { encoding: 'X-GZip', encode: (bytes) => gzipSync(bytes) },
  deflate: { encoding: 'deflate', encode: (bytes) => deflateSync(bytes) },
  'deflate without a header': { encoding: 'deflate', encode: (bytes) => deflateRawSync(bytes) },
  br: {
    encoding: 'br',
    encode: (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }),
  },
  zstd: { encoding: 'zstd', encode: (bytes) => zstdCompressSync(bytes) },
};

describeBoth('compression', (bench) => {
  const serve = (encoding: string, body: Uint8Array): Promise<string> =>
    bench.serve((_request, response) => void response.writeHead(200, { 'content-encoding': encoding }).end(body));

  for (const [name, { encoding, encode }] of Object.entries(ENCODERS)) {
    it(`decodes ${name} although nobody asked for it`, async () => {
      const url = await serve(encoding, encode(Buffer.from(TEXT)));
      expect(await (await bench.post(url, 'question')).text(10_000_000)).to.equal(TEXT);
    });

    it(`reports ${name} that is cut, also where the connection ends well`, async () => {
      const whole = encode(Buffer.from(TEXT));
      for (const length of [1, 5, Math.floor(whole.length / 2), whole.length - 1]) {
        const response = await bench.post(await serve(encoding, whole.subarray(0, length)), 'question');
        expect((await errorOf(response.text(10_000_000))).kind, `${length} bytes`).to.equal('protocol');
      }
    });

    it(`reports ${name} that is something else`, async () => {
      const response = await bench.post(await serve(encoding, Buffer.from('data: {"plain": true}\n\n')), 'question');
      expect((await errorOf(response.text(1_000))).kind).to.equal('protocol');
    });

    it(`gives up ${name} that grows to 256 MiB, soon and without keeping it`, async function () {
      this.timeout(60_000);
      const bomb = encode(Buffer.alloc(BOMB_BYTES));
      const response = await bench.post(await serve(encoding, bomb), 'question');
      const before = process.memoryUsage.rss();
      const start = performance.now();
      let most = 0;
      let got = 0;
      const reading = async (): Promise<void> => {
        for await (const piece of response.body) {
          got += piece.byteLength;
          most = Math.max(most, process.memoryUsage.rss() - before);
        }
      };
      const error = await errorOf(reading());
      expect(error.kind).to.equal('protocol');
      expect(error.message).to.contain('100 times');
      expect(performance.now() - start).to.be.lessThan(2_000);
      expect(most).to.be.lessThan(64 * MEBIBYTE);
      expect(got).to.be.lessThan(32 * MEBIBYTE);
    });
  }

  it('gives each piece of a compressed stream as soon as it was sent', async () => {
    const zip = createGzip();
    const url = await bench.serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' });
      zip.pipe(response);
      zip.write('first');
      zip.flush();
    });
    const pieces = (await bench.post(url, 'question')).body[Symbol.asyncIterator]();
    expect(Buffer.from((await pieces.next()).value ?? []).toString()).to.equal('first');
    zip.end('second');
    expect(Buffer.from((await pieces.next()).value ?? []).toString()).to.equal('second');
    expect((await pieces.next()).done).to.equal(true);
  });

  it('says so when a compressed body breaks off with its connection', async () => {
    const url = await bench.serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': '1000000' });
      response.write(gzipSync(TEXT).subarray(0, 1_000), () => response.destroy());
    });
    expect((await errorOf((await bench.post(url, 'question')).text(10_000_000))).kind).to.equal('connection');
  });

  it('closes the connection of a compressed answer that is cancelled or not read to its end', async () => {
    for (const how of ['cancel', 'text'] as const) {
      const closed = Promise.withResolvers<void>();
      const zip = createGzip();
      const url = await bench.serve((request, response) => {
        request.socket.once('close', () => closed.resolve());
        response.writeHead(200, { 'content-encoding': 'gzip' });
        zip.pipe(response);
        zip.write(TEXT);
        zip.flush();
      });
      const response = await bench.post(url, 'question');
      if (how === 'cancel') response.cancel();
      else await response.text(10);
      await closed.promise;
    }
  });

  for (const encoding of ['compress', 'gzip, gzip', '__proto__', 'constructor']) {
    it(`does not guess what ${encoding} means`, async () => {
      const closed = Promise.withResolvers<void>();
      const url = await bench.serve((request, response) => {
        request.socket.once('close', () => closed.resolve());
        response.writeHead(200, { 'content-encoding': encoding }).write('answer');
      });
      expect((await errorOf(bench.post(url, 'question'))).kind).to.equal('protocol');
      await closed.promise;
    });
  }

  it('takes identity for what it is', async () => {
    expect(await (await bench.post(await serve('identity', Buffer.from('as it is')), 'question')).text(10)).to.equal(
      'as it is',
    );
  });
});
