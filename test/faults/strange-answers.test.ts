import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { answering, sendEvents } from './support/answers.ts';
import type { Script, Step } from './support/call.ts';
import { casesOn } from './support/cases.ts';
import { EVERYTHING, type Dialect } from './support/dialects/dialect.ts';
import { expectContent, expectFailure, expectRefusal } from './support/expect-answer.ts';
import { FaultStage } from './support/fault-stage.ts';
import { head, LAST_CHUNK, streamHead, whole, type Headers } from './support/http-text.ts';
import { dribble, finish, send } from './support/steps.ts';
import { DIALECTS, WAYS } from './support/ways.ts';

const PAGE = '<!doctype html><html><title>Sign in</title><body>Welcome to the hotel network</body></html>';

/** The whole body of an answer, whichever form was asked for. */
function bodyOf(dialect: Dialect, stream: boolean): string {
  return stream ? dialect.events(EVERYTHING).join('') : JSON.stringify(dialect.whole(EVERYTHING));
}

describe('a provider with strange HTTP', () => {
  const stage = new FaultStage({ retry: { max_attempts: 1 } });
  const add = casesOn(stage);

  for (const { title, dialect, stream } of WAYS) {
    const text = bodyOf(dialect, stream);
    const right = stream ? 'text/event-stream' : 'application/json';
    const answersWith = (what: string, steps: readonly Step[]): void =>
      add(`is understood: ${what} (${title})`, () => {
        const profile = stage.profile({ dialect, script: () => steps });
        return async () => expectContent(await profile.ask({ stream }));
      });
    const failsWith = (what: string, steps: readonly Step[], statuses: readonly number[] = [502]): void =>
      add(`is a failure: ${what} (${title})`, () => {
        const profile = stage.profile({ dialect, script: () => steps });
        return async () => expectFailure(await profile.ask({ stream }), statuses);
      });

    for (const type of ['text/plain', 'application/octet-stream', stream ? 'application/json' : 'text/event-stream'])
      answersWith(`R15: content of the type ${type}`, [send(whole(200, text, { 'content-type': type }))]);
    answersWith('R31: HTTP/1.0 that ends with its connection', [
      send(head(200, { 'content-type': right }, '1.0')),
      send(text),
      finish,
    ]);
    answersWith('R31: 100 Continue, 102 and 103 before the answer', [
      send(head(100)),
      send(head(102)),
      send(head(103, { link: '</style.css>; rel=preload' })),
      send(whole(200, text, { 'content-type': right })),
    ]);
    answersWith('R17: a body that is compressed although nobody asked for it', [
      send(head(200, { 'content-type': right, 'content-encoding': 'gzip', connection: 'close' })),
      send(gzipSync(text)),
      finish,
    ]);
    answersWith('FLT-43: every byte in a segment of its own', [
      send(head(200, { 'content-type': right, 'content-length': String(Buffer.byteLength(text)) })),
      dribble(text),
    ]);
    failsWith('R16: a web page', [send(whole(200, PAGE, { 'content-type': 'text/html' }))]);
    failsWith('R16: a web page that says to be what was asked for', [
      send(whole(200, PAGE, { 'content-type': right })),
    ]);
    failsWith('R16: plain words', [send(whole(200, 'It works!\n', { 'content-type': 'text/plain' }))]);
    failsWith('R16: nothing at all', [send(whole(200, '', { 'content-type': right }))]);
    failsWith('R31: 204 No Content', [send(head(204))]);
    failsWith('a head that is too large', [
      send(head(200, { 'content-type': right, 'x-padding': 'x'.repeat(100_000) })),
      send(text),
      finish,
    ]);
    failsWith('no HTTP at all', [send('SSH-2.0-OpenSSH_9.9\r\n'), finish]);
    failsWith('a length that is longer than the body', [
      send(whole(200, '', { 'content-type': right, 'content-length': '1000000' })),
      send(text.slice(0, text.length / 2)),
      finish,
    ]);
    for (const status of [301, 302, 303, 307, 308])
      add(`R31: is a failure, and is not followed: ${status} (${title})`, () => {
        const elsewhere = stage.profile({ dialect, script: answering(dialect) });
        const script: Script = () => [send(whole(status, '', redirectTo(elsewhere.upstream.port)))];
        const profile = stage.profile({ dialect, script });
        return async () => {
          expectRefusal(await profile.ask({ stream }), 502, 'api_error');
          expect(elsewhere.calls).to.have.lengthOf(0);
        };
      });
  }

  for (const dialect of DIALECTS) {
    add(`R15: one JSON body to a client that wants a stream becomes one (${dialect.title})`, () => {
      const profile = stage.profile({ dialect, script: () => [send(whole(200, dialect.whole(EVERYTHING)))] });
      return async () => expectContent(await profile.ask());
    });

    add(`R15: a stream to a client that wants the whole becomes one (${dialect.title})`, () => {
      const script: Script = () => [...sendEvents(dialect.events(EVERYTHING)), send(LAST_CHUNK)];
      const profile = stage.profile({ dialect, script });
      return async () => expectContent(await profile.ask({ stream: false }));
    });

    add(`R16: pages are counted by the breaker, and shown to nobody (${dialect.title})`, () => {
      const script: Script = () => [send(whole(200, PAGE, { 'content-type': 'text/html' }))];
      const profile = stage.profile({ dialect, script, settings: { breaker: { failure_threshold: 2 } } });
      return async () => {
        for (let n = 0; n < 2; n += 1) {
          const answer = await profile.ask();
          expectRefusal(answer, 502, 'api_error');
          expect(answer.body).not.to.include('hotel');
        }
        expect(await profile.status()).to.include({ breaker: 'open' });
      };
    });

    add(`headers of a provider do not reach the client (${dialect.title})`, () => {
      const headers = { 'set-cookie': 'session=1', 'x-internal-host': 'db-7', server: 'scripted' };
      const script: Script = () => [
        send(streamHead(headers)),
        ...sendEvents(dialect.events(EVERYTHING)).slice(1),
        send(LAST_CHUNK),
      ];
      const profile = stage.profile({ dialect, script });
      return async () => {
        const answer = await profile.ask();
        expectContent(answer);
        for (const name of Object.keys(headers)) expect(answer.headers[name], name).to.equal(undefined);
      };
    });
  }
});

function redirectTo(port: number): Headers {
  return { location: `http://127.0.0.1:${port}/v1/messages`, 'content-type': 'text/plain' };
}
