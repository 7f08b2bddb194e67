import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { expect } from 'chai';
import { describeBoth, errorOf } from './both-clients.ts';

const read = (name: string): string =>
  readFileSync(new URL(`../support/certificates/${name}`, import.meta.url), 'utf8');

const REFUSED = [
  { what: 'has expired', certificate: 'expired.pem', says: 'CERT_HAS_EXPIRED' },
  { what: 'is for another host', certificate: 'elsewhere.pem', says: 'ERR_TLS_CERT_ALTNAME_INVALID' },
  { what: 'signed itself', certificate: 'self-signed.pem', says: 'DEPTH_ZERO_SELF_SIGNED_CERT' },
];

describeBoth('certificates', (bench) => {
  let before: string[];
  let asked: number;

  /** What NODE_EXTRA_CA_CERTS does when a process starts. */
  beforeEach(() => {
    before = getCACertificates('default');
    setDefaultCACertificates([...before, read('authority.pem')]);
    asked = 0;
  });

  afterEach(() => setDefaultCACertificates(before));

  const serve = (certificate: string): Promise<string> => {
    const server = createServer({ key: read('server.key'), cert: read(certificate) }, (_request, response) => {
      asked += 1;
      response.end('ok');
    });
    return bench.open(server, 'https');
  };

  it('takes a certificate of an authority that is trusted, more than once', async () => {
    const url = await serve('loopback.pem');
    for (let n = 0; n < 3; n += 1) expect(await (await bench.post(url, 'question')).text(10)).to.equal('ok');
  });

  for (const { what, certificate, says } of REFUSED) {
    it(`refuses one that ${what}, says so and how to go on, and sends nothing`, async () => {
      const url = await serve(certificate);
      // Twice, because the second call could find something that the first one left.
      for (let n = 0; n < 2; n += 1) {
        const error = await errorOf(bench.post(`${url}/?key=secret`, 'question'));
        expect([error.kind, error.isPermanent]).to.deep.equal(['connection', true]);
        expect(error.message).to.contain(says).and.contain('NODE_EXTRA_CA_CERTS').and.contain(url);
        expect(error.message).to.not.contain('secret');
      }
      expect(asked).to.equal(0);
    });
  }

  it('refuses one of an authority that nobody trusts', async () => {
    setDefaultCACertificates(before);
    const error = await errorOf(bench.post(await serve('loopback.pem'), 'question'));
    expect([error.kind, error.isPermanent]).to.deep.equal(['connection', true]);
    expect(error.message).to.match(/UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT/);
  });

  it('never goes on without TLS where the other side has none', async () => {
    let heard = '';
    const url = await bench.serveBytes((socket) => {
      socket.on('data', (piece: Buffer) => {
        heard += piece.toString('latin1');
        socket.end('HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n');
      });
    });
    const error = await errorOf(bench.post(url.replace('http:', 'https:'), 'question'));
    expect(error.kind).to.equal('connection');
    expect(heard).to.not.contain('question').and.not.contain('POST');
  });
});
