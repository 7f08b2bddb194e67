import { expect } from 'chai';
import { expectError, expectNoCors } from './support/ask.ts';
import { GuardedStage } from './support/guarded-stage.ts';

describe('the guard before every route', () => {
  const stage = new GuardedStage();

  it('SEC-01: refuses every route but two without a token, known or not', async () => {
    for (const route of stage.guarded) expectError(await stage.send(route), 401, 'authentication_error');
    for (const route of stage.open) expect((await stage.send(route)).status, route[1]).to.equal(200);
  });

  it('SEC-01: takes the token in no other place than its two headers', async () => {
    const { token } = stage;
    for (const headers of [
      { cookie: `token=${token}; x-api-key=${token}` },
      { 'proxy-authorization': `Bearer ${token}` },
      { authorization: token },
      { authorization: `Basic ${btoa(`:${token}`)}` },
      { authorization: `Bearer ${token} ${token}` },
      { 'x-api-key': `Bearer ${token}` },
      { 'api-key': token },
      { 'x-goog-api-key': token },
      { referer: `http://127.0.0.1/?token=${token}` },
    ])
      expectError(await stage.send(['GET', '/status'], headers), 401, 'authentication_error');
  });

  for (const [id, name, value] of [
    ['SEC-05', 'origin', 'https://evil.example'],
    ['SEC-05', 'origin', 'null'],
    ['SEC-05', 'origin', ''],
    ['SEC-05', 'origin', 'http://127.0.0.1:PORT'],
    ['SEC-05', 'origin', 'http://localhost:PORT'],
    ['SEC-05', 'origin', 'chrome-extension://abcdefghijklmnop'],
    ['SEC-07', 'sec-fetch-site', 'cross-site'],
    ['SEC-07', 'sec-fetch-site', 'same-site'],
    ['SEC-07', 'sec-fetch-site', 'CROSS-SITE'],
    ['SEC-07', 'sec-fetch-site', ''],
  ] as const)
    it(`${id}: refuses every route with ${name}: ${value}`, async () => {
      const header = { [name]: value.replace('PORT', String(stage.port)) };
      await stage.expectRefusedEverywhere({ ...stage.withToken, ...header }, 403, 'permission_error');
    });

  it('SEC-06: answers a preflight like any other foreign request, and allows nothing', async () => {
    const asking = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' };
    for (const [, path] of stage.routes)
      for (const headers of [asking, { ...asking, ...stage.withToken }]) {
        const page = await stage.send(['OPTIONS', path], { ...headers, origin: 'https://evil.example' });
        expectError(page, 403, 'permission_error');
        expect(page.headers).not.to.have.property('allow');
        expectNoCors((await stage.send(['OPTIONS', path], headers)).headers);
      }
  });

  it('SEC-08: takes a body only as application/json, which no form of a page can send', async () => {
    const paths = [
      ...stage.messages,
      ...stage.messages.map((path) => `${path}/count_tokens`),
      '/-/sessions',
      '/-/stop',
    ];
    for (const path of paths)
      for (const type of [
        'text/plain',
        'text/plain; application/json',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'application/jsonp',
        'application/json+x',
        'text/json',
        '',
      ]) {
        const heard = await stage.send(['POST', path], { ...stage.withToken, 'content-type': type });
        expectError(heard, 415, 'invalid_request_error');
      }
  });

  it('SEC-08: does not unpack a body', async () => {
    for (const encoding of ['gzip', 'br', 'deflate', 'zstd', 'identity, gzip'])
      for (const path of stage.messages) {
        const heard = await stage.send(['POST', path], { ...stage.withToken, 'content-encoding': encoding });
        expectError(heard, 415, 'invalid_request_error');
      }
  });

  it('SEC-09: ignores a token in the address, and neither logs nor repeats it', async () => {
    const { token, withToken } = stage;
    for (const [method, path] of stage.guarded)
      for (const name of ['token', 'key', 'api_key', 'x-api-key', 'authorization', 'access_token'])
        expectError(await stage.send([method, `${path}?${name}=${token}`]), 401, 'authentication_error');
    for (const path of [`/${token}`, `/status/${token}`, `/proxy/${token}/v1/models`])
      expectError(await stage.send(['GET', path]), 401, 'authentication_error');
    const quoted = await stage.send(['GET', `/no/such/route?token=${token}`], withToken);
    expectError(quoted, 404, 'not_found_error');
    expect(quoted.body).not.to.include(token);
    expect(stage.output).not.to.include(token);
  });
});
