import { expect } from 'chai';
import { sendEvents } from '../faults/support/answers.ts';
import type { Script } from '../faults/support/call.ts';
import { casesOn } from '../faults/support/cases.ts';
import { EVERYTHING } from '../faults/support/dialects/dialect.ts';
import { expectContent, expectFailure } from '../faults/support/expect-answer.ts';
import { FaultStage } from '../faults/support/fault-stage.ts';
import { LAST_CHUNK } from '../faults/support/http-text.ts';
import { send } from '../faults/support/steps.ts';
import { DIALECTS, WAYS } from '../faults/support/ways.ts';
import type { Dialect } from '../faults/support/dialects/dialect.ts';

/** Headers of an answer that mean something to clients, browsers or proxies, and are none of the provider's business. */
const HOSTILE = [
  'Set-Cookie: session=evil; Path=/',
  'Set-Cookie2: session=evil',
  'Access-Control-Allow-Origin: *',
  'Access-Control-Allow-Credentials: true',
  'Location: http://evil.example/',
  'Refresh: 0; url=http://evil.example/',
  'Alt-Svc: h2="evil.example:443"',
  'Link: <http://evil.example/>; rel=preload',
  'WWW-Authenticate: Basic realm="evil"',
  'Proxy-Authenticate: Basic realm="evil"',
  'Clear-Site-Data: "*"',
  'Strict-Transport-Security: max-age=31536000',
  'Trailer: x-evil',
  'Keep-Alive: timeout=1000',
  'Server: evil',
  'Via: 1.1 evil',
  'X-Claudex-Profile: evil',
  'X-Claudex-Trail: evil',
  'X-Should-Retry: true',
  'Request-Id: evil',
  'Anthropic-Organization-Id: evil',
  'X-Evil: evil',
];
/** What the proxy itself may say. */
const OURS =
  /^(request-id|x-claudex-(profile|model|attempts|trail)|x-should-retry|content-(type|length)|cache-control|date|connection|keep-alive|transfer-encoding|vary|retry-after(-ms)?|anthropic-ratelimit-[a-z0-9-]+)$/;

/** Values that are no text of a header, or would be two. They are sent as Latin-1. */
const STRANGE = [
  '1\rSet-Cookie: session=evil',
  '1\r Set-Cookie: session=evil',
  '\xe9\xff',
  'a\x00b',
  'a\x7fb',
  '\xc3\xa9',
  '\xf0\x9f\x98\x80',
  'x'.repeat(101),
  '',
];

/** The whole answer with these lines in its head, as Latin-1. */
function withLines(dialect: Dialect, status: number, lines: readonly string[]): Script {
  return ({ body }) => {
    const stream = body.stream === true && status === 200;
    const type = stream ? 'text/event-stream' : 'application/json';
    const head = [
      `HTTP/1.1 ${status} Whatever`,
      `Content-Type: ${type}`,
      'Transfer-Encoding: chunked',
      ...lines,
      '',
      '',
    ].join('\r\n');
    const text = JSON.stringify(
      status === 200 ? dialect.whole(EVERYTHING) : dialect.error('scripted_error', 'scripted'),
    );
    const pieces = stream ? dialect.events(EVERYTHING) : [text];
    return [send(Buffer.from(head, 'latin1')), ...sendEvents(pieces).slice(1), send(LAST_CHUNK)];
  };
}

describe('headers of a provider', () => {
  const stage = new FaultStage({ retry: { max_attempts: 1 } });
  const add = casesOn(stage);
  for (const { title, dialect, stream } of WAYS) {
    for (const status of [200, 400, 401, 429, 500])
      add(`SEC-19: do not reach the client, apart from those about limits: ${status} (${title})`, () => {
        const lines = [...HOSTILE, 'Retry-After: 7', 'Anthropic-RateLimit-Requests-Limit: 50'];
        const profile = stage.profile({ dialect, script: withLines(dialect, status, lines) });
        return async () => {
          const answer = await profile.ask({ stream });
          expect(Object.keys(answer.headers).filter((name) => !OURS.test(name))).to.deep.equal([]);
          expect(JSON.stringify(answer.headers)).not.to.include('evil');
          expect(answer.headers).to.include({ 'retry-after': '7', 'anthropic-ratelimit-requests-limit': '50' });
          if (status === 200) expectContent(answer);
        };
      });

    for (const [index, value] of STRANGE.entries())
      for (const status of [200, 429])
        add(`SEC-19: are refused or dropped where they are no text, number ${index}: ${status} (${title})`, () => {
          const lines = [`Retry-After: ${value}`, `Anthropic-RateLimit-Strange: ${value}`];
          const profile = stage.profile({ dialect, script: withLines(dialect, status, lines) });
          return async () => {
            const answer = await profile.ask({ stream });
            expect(answer.headers).not.to.have.any.keys('set-cookie', 'retry-after', 'anthropic-ratelimit-strange');
            expect([status, 502], answer.body).to.include(answer.status);
            if (answer.status === 200) expectContent(answer);
          };
        });

    for (const [what, lines] of Object.entries({
      'one of 20 kB': [`X-Padding: ${'x'.repeat(20_000)}`],
      'a thousand': Array.from({ length: 1_000 }, (_, n) => `X-${n}: ${n}`),
      'a thousand cookies': Array.from({ length: 1_000 }, () => 'Set-Cookie: a=b'),
      'a name of 20 kB': [`X-${'x'.repeat(20_000)}: 1`],
    }))
      add(`SEC-19: are a failure when there is too much of them: ${what} (${title})`, () => {
        const profile = stage.profile({ dialect, script: withLines(dialect, 200, lines) });
        return async () => expectFailure(await profile.ask({ stream }), [502]);
      });
  }

  for (const dialect of DIALECTS)
    add(`SEC-19: of a great many small ones do not reach the client either (${dialect.title})`, () => {
      const lines = Array.from({ length: 900 }, (_, n) => `X-${n}: evil`);
      const limits = Array.from({ length: 90 }, (_, n) => `Anthropic-RateLimit-${n}: 1`);
      const profile = stage.profile({ dialect, script: withLines(dialect, 200, [...lines, ...limits]) });
      return async () => {
        const answer = await profile.ask();
        expect(JSON.stringify(answer.headers)).not.to.include('evil');
      };
    });
});
