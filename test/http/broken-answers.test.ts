import type { Socket } from 'node:net';
import { expect } from 'chai';
import { describeBoth, errorOf } from './both-clients.ts';

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n';
const CHUNK = '5\r\nbegin\r\n';

/** What the upstream does after a whole request has come, and what the reader is told. */
const CUTS: { readonly [what: string]: (socket: Socket) => void } = {
  'a chunked body without its last chunk': (socket) =>
    void socket.end(`${HEAD}transfer-encoding: chunked\r\n\r\n${CHUNK}`),
  'the same where the connection was going to end': (socket) =>
    void socket.end(`${HEAD}connection: close\r\ntransfer-encoding: chunked\r\n\r\n${CHUNK}`),
  'a chunked body that ends inside a chunk': (socket) =>
    void socket.end(`${HEAD}transfer-encoding: chunked\r\n\r\n${CHUNK}ff\r\nbeg`),
  'fewer bytes than content-length says': (socket) => void socket.end(`${HEAD}content-length: 100\r\n\r\nbegin`),
  'a reset in a body with a length': (socket) => reset(socket, `${HEAD}content-length: 100\r\n\r\nbegin`),
  'a reset in a chunked body': (socket) => reset(socket, `${HEAD}transfer-encoding: chunked\r\n\r\n${CHUNK}`),
  'a reset in a body without a length': (socket) => reset(socket, `${HEAD}\r\nbegin`),
};

const NONSENSE: { readonly [what: string]: string } = {
  'something that is not HTTP': 'SSH-2.0-OpenSSH\r\n',
  'a status line without a status': 'HTTP/1.1 OK\r\n\r\n',
  'a header block of more than 16 KiB': `${HEAD}${'x-filler: 0123456789012345678901234567890\r\n'.repeat(500)}\r\n`,
  'one header of more than 16 KiB': `${HEAD}x-filler: ${'0'.repeat(20_000)}\r\n\r\n`,
  'more than 1,000 headers': `${HEAD}${Array.from({ length: 1_000 }, (_, n) => `h${n}: a\r\n`).join('')}content-length: 2\r\n\r\nok`,
  'two lengths that differ': `${HEAD}content-length: 2\r\ncontent-length: 3\r\n\r\nok`,
};

describeBoth('broken answers', (bench) => {
  for (const [what, answer] of Object.entries(CUTS)) {
    it(`reports ${what}, after what came before it`, async () => {
      const url = await bench.serveBytes((socket) => void socket.once('data', () => answer(socket)));
      let seen = '';
      const reading = async (): Promise<void> => {
        for await (const piece of (await bench.post(url, 'question')).body) seen += Buffer.from(piece).toString();
      };
      const error = await errorOf(reading());
      expect([error.kind, error.isPermanent]).to.deep.equal(['connection', false]);
      expect('begin').to.contain(seen.slice(0, 5));
    });
  }

  for (const [what, answer] of Object.entries(NONSENSE)) {
    it(`reports ${what} as a breach of the protocol`, async () => {
      const url = await bench.serveBytes((socket) => void socket.once('data', () => socket.write(answer)));
      const error = await errorOf(bench.post(url, 'question'));
      expect([error.kind, error.isPermanent]).to.deep.equal(['protocol', false]);
    });
  }

  it('reports a connection that is closed without an answer', async () => {
    const url = await bench.serveBytes((socket) => void socket.once('data', () => socket.end()));
    expect((await errorOf(bench.post(url, 'question'))).kind).to.equal('connection');
  });
});

/** The bytes first, and when they are read, the end of everything. */
function reset(socket: Socket, bytes: string): void {
  socket.write(bytes, () => setTimeout(() => socket.resetAndDestroy(), 50));
}
