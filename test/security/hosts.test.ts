import { expect } from 'chai';
import { GuardedStage } from './support/guarded-stage.ts';
import { rawHead, sendRaw } from './support/raw-connection.ts';

/** `PORT` stands for the proxy's. */
const FOREIGN = [
  'evil.example:PORT',
  'evil.example',
  '127.0.0.1.evil.example:PORT',
  'localhost.evil.example:PORT',
  'evil.localhost:PORT',
  'localhost.:PORT',
  'a@127.0.0.1:PORT',
  '2130706433:PORT',
  '0x7f.1:PORT',
  '0x7f000001:PORT',
  '0177.0.0.1:PORT',
  '127.1:PORT',
  '127.0.0.2:PORT',
  '0.0.0.0:PORT',
  '[::ffff:127.0.0.1]:PORT',
  '[::]:PORT',
  '127.0.0.1',
  'localhost',
  '127.0.0.1:1',
  '127.0.0.1:PORT0',
  '127.0.0.1:0PORT',
  '127.0.0.1:PORT:PORT',
  '127.0.0.1:PORT/',
  '127.0.0.1:PORT, evil.example',
];

describe('the addresses under which the proxy answers', () => {
  const stage = new GuardedStage();

  for (const [index, host] of FOREIGN.entries())
    it(`SEC-0${index < 2 ? 3 : 4}: refuses every route under the Host "${host}", also with the token`, async () => {
      const header = { host: host.replaceAll('PORT', String(stage.port)) };
      await stage.expectRefusedEverywhere({ ...stage.withToken, ...header }, 421, 'invalid_request_error');
    });

  const own = 'Host: 127.0.0.1:PORT';
  for (const [what, lines] of Object.entries({
    'the same Host twice': ['GET /status HTTP/1.1', own, own],
    'two, ours first': ['GET /status HTTP/1.1', own, 'Host: evil.example'],
    'two, ours last': ['GET /status HTTP/1.1', 'Host: evil.example', own],
    'an empty Host': ['GET /status HTTP/1.1', 'Host:'],
    'no Host': ['GET /status HTTP/1.1'],
    'no Host, as old clients': ['GET /status HTTP/1.0'],
    'ours as the forwarded one only': [
      'GET /status HTTP/1.1',
      'Host: evil.example',
      'X-Forwarded-Host: 127.0.0.1:PORT',
    ],
    'an absolute address': ['GET http://evil.example/status HTTP/1.1', own],
    'an absolute address of ours': ['GET http://127.0.0.1:PORT/status HTTP/1.1', own],
    'an asterisk': ['OPTIONS * HTTP/1.1', own],
  }))
    it(`SEC-04: refuses ${what}`, async () => {
      const head = [...lines, `Authorization: Bearer ${stage.token}`, 'Connection: close', '', ''].join('\r\n');
      const { statuses, isClosed } = await sendRaw(stage.port, head.replaceAll('PORT', String(stage.port)));
      expect(isClosed).to.equal(true);
      expect(statuses).to.have.lengthOf(1);
      expect([400, 421]).to.include(statuses[0]);
    });

  it('SEC-04: is no way to other hosts, and speaks nothing but HTTP/1.1', async () => {
    const headers = [`Authorization: Bearer ${stage.token}`];
    for (const line of ['CONNECT 127.0.0.1:22 HTTP/1.1', 'CONNECT evil.example:443 HTTP/1.1', 'PRI * HTTP/2.0']) {
      const { statuses, isClosed } = await sendRaw(stage.port, rawHead(line, stage.port, headers));
      expect(statuses, line).not.to.include(200);
      expect(isClosed, line).to.equal(true);
    }
    const upgrade = [
      'Connection: Upgrade, close',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AA==',
    ];
    const { statuses } = await sendRaw(stage.port, rawHead('GET /no HTTP/1.1', stage.port, [...headers, ...upgrade]));
    expect(statuses).to.deep.equal([404]);
  });
});
