import { expect } from 'chai';
import { expectError } from './support/ask.ts';
import { BODY, GuardedStage } from './support/guarded-stage.ts';
import { rawHead, sendRaw } from './support/raw-connection.ts';

/** `NAME` stands for a profile's. */
const TRICKS = [
  '//v1/messages',
  '/v1//messages',
  '/./v1/messages',
  '/..;/v1/messages',
  '/v1/..;/v1/messages',
  '/%2e%2e/v1/messages',
  '/proxy/NAME/../../v1/messages',
  '/proxy/NAME/%2e%2e/NAME/v1/messages',
  '/proxy/NAME%2fv1/messages',
  '/proxy/NAME%00/v1/messages',
  '/proxy/NAME/v1\\messages',
  '/proxy/NAME@/v1/messages',
  '/proxy/NAME@__proto__/v1/messages',
  '/proxy/%zz/v1/messages',
  '/proxy/%/v1/messages',
  '/proxy/%c0%ae/v1/messages',
  '/proxy//v1/messages',
  '/proxy/../v1/messages',
  '/proxy/@/v1/messages',
  '/proxy/__proto__/v1/messages',
  '/proxy/constructor/v1/messages',
  '/proxy/prototype/v1/messages',
  '/proxy/toString/v1/messages',
  '/proxy/hasOwnProperty/v1/messages',
  `/proxy/${'x'.repeat(8_000)}/v1/messages`,
  '/file:///etc/passwd',
  '/etc/passwd',
  '/-/',
  '/-/../status',
  '/-/sessions/..',
  '/-/exchanges/..%2f..%2fproxy-token',
];

describe('tricks of paths', () => {
  const stage = new GuardedStage();

  it('SEC-12: lead nowhere, and end nothing', async () => {
    const headers = [
      `Authorization: Bearer ${stage.token}`,
      'Content-Type: application/json',
      `Content-Length: ${BODY.length}`,
      'Connection: close',
    ];
    // A young proxy lets a request for a profile that it does not know wait for a session that brings it.
    const answers = TRICKS.map(async (trick) => {
      const path = trick.replaceAll('NAME', stage.names[0] ?? '');
      const head = rawHead(`POST ${path} HTTP/1.1`, stage.port, headers);
      return { trick, ...(await sendRaw(stage.port, head + BODY, 30_000)) };
    });
    for (const { trick, statuses, text } of await Promise.all(answers)) {
      expect(statuses, `${trick}: ${text}`).to.have.lengthOf(1);
      expect([400, 404], `${trick}: ${text}`).to.include(statuses[0]);
      expect(text, trick).to.include('"type":"error"');
    }
    expect((await stage.send(['GET', '/health'])).status).to.equal(200);
  });

  it('SEC-12: find no model and no exchange', async () => {
    for (const path of [
      '/v1/models/__proto__',
      '/v1/models/constructor',
      '/v1/models/%2e%2e',
      '/-/exchanges/__proto__',
      '/-/exchanges/%00',
    ])
      expectError(await stage.send(['GET', path], stage.withToken), 404, 'not_found_error');
  });

  it('SEC-12: find nothing without the token either', async () => {
    for (const path of TRICKS.filter((trick) => !trick.includes('\\')))
      expectError(await stage.send(['POST', path]), 401, 'authentication_error');
  });
});
