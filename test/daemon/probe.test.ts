import { createServer } from 'node:net';
import { expect } from 'chai';
import { portTaken, probeDaemon } from '../../src/daemon/index.ts';
import { listen } from '../support/listen.ts';
import { serve, type TestServer } from '../support/serve.ts';
import { serveFakeDaemon } from './support/fake-daemon.ts';

const TOKEN = 'the-token-of-this-install';

describe('asking who listens on the port', () => {
  let server: TestServer | undefined;
  afterEach(() => server?.stop());

  it('recognises our own daemon by its proof, and its version', async () => {
    server = await serveFakeDaemon({ token: TOKEN });
    const probe = await probeDaemon({ ...server, token: TOKEN });
    expect(probe.kind).to.equal('ours');
    if (probe.kind === 'ours') expect(probe.daemon).to.include({ port: server.port, version: '1.2.3' });
  });

  it('never asks the same question twice', async () => {
    server = await serveFakeDaemon({ token: TOKEN });
    await probeDaemon({ ...server, token: TOKEN });
    await probeDaemon({ ...server, token: TOKEN });
    expect(new Set(server.seen.map(({ url }) => url)).size).to.equal(2);
  });

  it('finds nobody where nothing listens', async () => {
    const { port, stop } = await serve(() => undefined);
    await stop();
    expect(await probeDaemon({ host: '127.0.0.1', port, token: TOKEN })).to.deep.equal({ kind: 'nobody' });
  });

  it('takes a daemon with another token for a stranger that claims to be Claudex', async () => {
    server = await serveFakeDaemon({ token: 'some-other-token' });
    expect(await probeDaemon({ ...server, token: TOKEN })).to.deep.equal({
      kind: 'foreign',
      claimsToBeClaudex: true,
      silent: false,
    });
  });

  for (const [what, body] of [
    ['a web page', '<html>hello</html>'],
    ['null', 'null'],
    ['a proof of the wrong type', '{"proof_for_port":1}'],
    ['a proof that is too short', '{"proof_for_port":"00"}'],
    ['a proof of another question', `{"proof_for_port":"${'0'.repeat(64)}"}`],
  ] as const) {
    it(`takes a program that answers ${what} for a stranger and shows it no token`, async () => {
      server = await serve((_request, response) => void response.end(body));
      expect(await probeDaemon({ ...server, token: TOKEN })).to.include({ kind: 'foreign', silent: false });
      expect(JSON.stringify(server.seen)).not.to.include(TOKEN);
      expect(server.seen[0]?.headers).not.to.have.any.keys('authorization', 'x-api-key');
    });
  }

  it('takes a program that passes the challenge on to our daemon on another port for a stranger', async () => {
    await using ours = await serveFakeDaemon({ token: TOKEN });
    server = await serve((request, response) => {
      void fetch(`${ours.url}${request.url}`)
        .then((answer) => answer.text())
        .then((text) => response.end(text));
    });
    expect(await probeDaemon({ ...server, token: TOKEN })).to.include({ kind: 'foreign', claimsToBeClaudex: true });
    expect(await probeDaemon({ ...ours, token: TOKEN })).to.include({ kind: 'ours' });
  });

  it('takes a program that does not speak HTTP for a stranger', async () => {
    const raw = createServer((socket) => socket.end('SSH-2.0-something\r\n'));
    const port = await listen(raw);
    try {
      expect(await probeDaemon({ host: '127.0.0.1', port, token: TOKEN })).to.include({ kind: 'foreign' });
    } finally {
      raw.close();
    }
  });

  it('looks again when somebody who is just leaving breaks the connection off', async () => {
    const leaving = createServer((socket) => {
      leaving.close();
      socket.resetAndDestroy();
    });
    const port = await listen(leaving);
    expect(await probeDaemon({ host: '127.0.0.1', port, token: TOKEN })).to.deep.equal({ kind: 'nobody' });
  });

  it('takes a program that breaks every connection off for a stranger', async () => {
    const rude = createServer((socket) => socket.resetAndDestroy());
    const port = await listen(rude);
    try {
      expect(await probeDaemon({ host: '127.0.0.1', port, token: TOKEN })).to.deep.equal({
        kind: 'foreign',
        claimsToBeClaudex: false,
        silent: false,
      });
    } finally {
      rude.close();
    }
  });

  it('says of a program that takes the connection and answers nothing, or not to the end, that it is silent', async () => {
    await using nothing = await serve(() => undefined);
    await using endless = await serve((_request, response) => void response.write('{'));
    const probes = await Promise.all([nothing, endless].map((silent) => probeDaemon({ ...silent, token: TOKEN })));
    for (const probe of probes) expect(probe).to.include({ kind: 'foreign', silent: true });
  });

  it('names the port, the program and the way out', async () => {
    server = await serve((_request, response) => void response.end('hello'));
    const error = await portTaken(server.port, { kind: 'foreign', claimsToBeClaudex: false, silent: false });
    expect(error).to.include({ code: 'port-taken', exitCode: 1 });
    expect(error.message).to.include(`${server.port}`);
    if (process.platform === 'linux') expect(error.message).to.include(`pid ${process.pid}`);
    expect(error.remedy).to.include('proxy_port');
  });
});
