import { request } from 'node:http';
import { connect } from 'node:net';
import { expect } from 'chai';
import { startTestProxy, TOKEN, type TestProxy } from '../support/proxy.ts';

interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: unknown };
  readonly body: string;
}

describe('the guard of the proxy', () => {
  let proxy: TestProxy;

  before(async () => {
    proxy = await startTestProxy('');
  });

  after(async () => {
    await proxy.stop();
  });

  /** Unlike fetch, this sends any Host and Origin. */
  function ask(path: string, headers: { [name: string]: string }, method = 'GET'): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const call = request({ host: '127.0.0.1', port: proxy.port, path, method, headers, agent: false }, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (piece) => (body += piece));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
      });
      call.on('error', reject);
      call.end();
    });
  }

  /** Sends bytes as they are. */
  function askRaw(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect(proxy.port, '127.0.0.1', () => socket.end(text));
      socket.setEncoding('utf8').on('data', (piece) => (answer += piece));
      socket.on('close', () => resolve(answer)).on('error', reject);
    });
  }

  const typeOf = (answer: Answer): string => (JSON.parse(answer.body) as { error: { type: string } }).error.type;
  const good = { authorization: `Bearer ${TOKEN}` };

  for (const path of ['/', '/health']) {
    it(`answers ${path} to every local program`, async () => {
      const answer = await ask(path, {});
      expect(answer.status).to.equal(200);
      expect(JSON.parse(answer.body)).to.deep.equal({ status: 'ok', name: 'claudex', version: '0.0.0-test' });
    });
  }

  it('answers HEAD /', async () => {
    expect((await ask('/', {}, 'HEAD')).status).to.equal(200);
  });

  for (const [how, headers] of Object.entries<{ [name: string]: string }>({
    'no token': {},
    'a wrong token': { authorization: `Bearer ${TOKEN}x` },
    'a token under another scheme': { authorization: `Basic ${TOKEN}` },
    'a wrong key': { 'x-api-key': 'x' },
  })) {
    for (const path of ['/v1/models', '/status', '/no/such/path', '/v1/models?token=' + TOKEN]) {
      it(`refuses ${path} with ${how}`, async () => {
        const answer = await ask(path, headers);
        expect(answer.status).to.equal(401);
        expect(typeOf(answer)).to.equal('authentication_error');
      });
    }
  }

  for (const [how, headers] of Object.entries<{ [name: string]: string }>({
    'as bearer': good,
    'as key': { 'x-api-key': TOKEN },
    'in one header beside a wrong one': { 'x-api-key': 'wrong', ...good },
  })) {
    it(`takes the token ${how}`, async () => {
      expect((await ask('/v1/models', headers)).status).to.equal(200);
    });
  }

  for (const host of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]']) {
    it(`answers under ${host}`, async () => {
      expect((await ask('/health', { host: `${host}:${proxy.port}` })).status).to.equal(200);
    });
  }

  const foreign = [
    'evil.test:PORT',
    '127.0.0.1.evil.test:PORT',
    'a@127.0.0.1:PORT',
    '2130706433:PORT',
    '0x7f.1:PORT',
    '127.0.0.1:1',
    '127.0.0.1',
    'localhost',
  ];
  for (const host of foreign) {
    for (const path of ['/health', '/', '/v1/models', '/no/such/path']) {
      it(`refuses ${path} under the Host "${host}"`, async () => {
        const answer = await ask(path, { ...good, host: host.replace('PORT', String(proxy.port)) });
        expect(answer.status).to.equal(421);
        expect(typeOf(answer)).to.equal('invalid_request_error');
      });
    }
  }

  it('refuses two Host headers, none, an empty one and an absolute address', async () => {
    const own = `127.0.0.1:${proxy.port}`;
    expect(await askRaw(`GET /health HTTP/1.1\r\nHost: ${own}\r\nHost: ${own}\r\nConnection: close\r\n\r\n`)).to.match(
      /^HTTP\/1.1 4(00|21) /,
    );
    expect(await askRaw(`GET http://evil.test/health HTTP/1.1\r\nHost: ${own}\r\nConnection: close\r\n\r\n`)).to.match(
      /^HTTP\/1.1 421 /,
    );
    expect(await askRaw('GET /health HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n')).to.match(/^HTTP\/1.1 421 /);
    expect(await askRaw('GET /health HTTP/1.1\r\nConnection: close\r\n\r\n')).to.match(/^HTTP\/1.1 4(00|21) /);
  });

  for (const [name, value] of [
    ['origin', 'http://evil.test'],
    ['origin', 'null'],
    ['origin', 'http://127.0.0.1'],
    ['sec-fetch-site', 'cross-site'],
    ['sec-fetch-site', 'same-site'],
  ] as const) {
    for (const [path, method] of [
      ['/health', 'GET'],
      ['/', 'GET'],
      ['/v1/models', 'GET'],
      ['/v1/messages', 'OPTIONS'],
    ] as const) {
      it(`refuses ${method} ${path} with ${name}: ${value}, without any CORS header`, async () => {
        const answer = await ask(path, { ...good, [name]: value }, method);
        expect(answer.status).to.equal(403);
        expect(typeOf(answer)).to.equal('permission_error');
        expect(Object.keys(answer.headers).filter((header) => header.startsWith('access-control-'))).to.deep.equal([]);
      });
    }
  }

  for (const site of ['none', 'same-origin']) {
    it(`lets sec-fetch-site: ${site} through`, async () => {
      expect((await ask('/health', { 'sec-fetch-site': site })).status).to.equal(200);
    });
  }

  it('lets a client that sends much see why it is refused', async () => {
    const body = JSON.stringify({ padding: 'x'.repeat(8 * 1024 * 1024) });
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const response = await fetch(`${proxy.url}/v1/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': 'wrong' },
        body,
      });
      expect(response.status).to.equal(401);
      await response.text();
    }
  });

  it('answers what is not HTTP in the shape of every other error', async () => {
    const answer = await askRaw('NONSENSE\r\n\r\n');
    expect(answer)
      .to.match(/^HTTP\/1.1 400 /)
      .and.contain('"type":"invalid_request_error"');
  });

  it('proves its identity without showing the token', async () => {
    const challenge = 'ab'.repeat(32);
    const { createHmac } = await import('node:crypto');
    const answer = await ask(`/health?challenge=${challenge}`, {});
    const proof = (text: string): string => createHmac('sha256', TOKEN).update(text).digest('hex');
    expect(JSON.parse(answer.body)).to.include({
      proof: proof(challenge),
      proof_for_port: proof(`${challenge}:${proxy.port}`),
    });
    expect((await ask('/health?challenge=xyz', {})).status).to.equal(400);
  });
});
