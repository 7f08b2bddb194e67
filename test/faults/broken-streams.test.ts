import { brotliCompressSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { waitUntil } from '../support/wait-until.ts';
import { complete, sendEvents } from './support/answers.ts';
import type { Script } from './support/call.ts';
import { casesOn } from './support/cases.ts';
import { EVERYTHING, SHORT } from './support/dialects/dialect.ts';
import { expectBroken, expectContent, expectFailure } from './support/expect-answer.ts';
import { expectHonest } from './support/expect-honest.ts';
import { FaultStage } from './support/fault-stage.ts';
import { chunk, head, LAST_CHUNK, streamHead, whole } from './support/http-text.ts';
import { forEach, marked, markOf, upTo } from './support/marked.ts';
import { finish, reset, send, stall } from './support/steps.ts';
import { DIALECTS, WAYS } from './support/ways.ts';

const EVENT_STREAM = { 'content-type': 'text/event-stream' };
/** Cuts of one stream that are tried at the same time. */
const LANES = 12;

/** 128 MiB of white space in few bytes. */
const BOMB = gzipSync(Buffer.alloc(128 << 20, ' '));
const BOMB_HEADERS = {
  'content-type': 'text/event-stream',
  'content-encoding': 'gzip',
  'content-length': String(BOMB.length),
};

describe('a stream that breaks', () => {
  // Every cut is to be seen by the client, so nothing is tried twice.
  const stage = new FaultStage({ retry: { max_attempts: 1 } });
  const add = casesOn(stage);

  for (const dialect of DIALECTS) {
    const events = dialect.events(EVERYTHING);

    add(`R10: ends with one error after the idle limit, wherever it stalls (${dialect.title})`, () => {
      const script: Script = (call) => [...sendEvents(events.slice(0, markOf(call))), stall];
      const settings = { timeouts: { idle_s: 1, ping_s: 0.3 } };
      const profile = stage.profile({ dialect, script, settings });
      return async () => {
        await forEach(upTo(events.length), events.length, async (mark) => {
          const answer = await profile.ask({ body: marked(true, mark) });
          expectHonest(answer);
          if (answer.status !== 200) return;
          const pings = answer.events.filter(({ type }) => type === 'ping');
          if (answer.events.at(-1)?.type === 'error') expect(pings.length).to.be.greaterThan(0);
        });
        await waitUntil('every call to be given up', () => profile.upstream.open() === 0, 5_000);
      };
    });

    add(
      `R11: ends with one error within a second of a reset, after every event and inside it (${dialect.title})`,
      () => {
        const cutAt = (call: Parameters<Script>[0]): Uint8Array => {
          const mark = markOf(call);
          const text = events.slice(0, Math.ceil(mark / 2)).join('');
          return chunk(mark % 2 === 0 ? text : text.slice(0, -5));
        };
        let resetAt = 0;
        const script: Script = (call) => [
          send(streamHead()),
          send(cutAt(call)),
          reset,
          () => void (resetAt = Math.max(resetAt, Date.now())),
        ];
        const profile = stage.profile({ dialect, script });
        return async () => {
          await forEach(upTo(2 * events.length), LANES, async (mark) => {
            expectHonest(await profile.ask({ body: marked(true, mark) }));
          });
          expect(Date.now() - resetAt).to.be.lessThan(5_000);
        };
      },
    );

    add(`R12, R13: takes no stream for complete that a clean end cuts at any byte (${dialect.title})`, () => {
      const bytes = Buffer.from(dialect.events(SHORT).join(''));
      const script: Script = (call) => [
        send(head(200, { ...EVENT_STREAM, connection: 'close' })),
        send(bytes.subarray(0, markOf(call))),
        finish,
      ];
      const profile = stage.profile({ dialect, script });
      return () =>
        forEach(upTo(bytes.length), LANES, async (mark) =>
          expectHonest(await profile.ask({ body: marked(true, mark) }), SHORT),
        );
    });

    add(`R12: takes no stream for complete whose chunks end in good order after every event (${dialect.title})`, () => {
      const script: Script = (call) => [...sendEvents(events.slice(0, markOf(call))), send(LAST_CHUNK)];
      const profile = stage.profile({ dialect, script });
      return () =>
        forEach(upTo(events.length), LANES, async (mark) =>
          expectHonest(await profile.ask({ body: marked(true, mark) })),
        );
    });

    add(`R13: refuses a whole answer that is cut at any byte (${dialect.title})`, () => {
      const body = Buffer.from(JSON.stringify(dialect.whole(SHORT)));
      const script: Script = (call) => [
        send(head(200, { 'content-type': 'application/json', connection: 'close' })),
        send(body.subarray(0, markOf(call))),
        finish,
      ];
      const profile = stage.profile({ dialect, script });
      return () =>
        forEach(upTo(body.length), LANES, async (mark) => {
          const answer = await profile.ask({ stream: false, body: marked(false, mark) });
          expect(answer.status, answer.body).to.equal(502);
        });
    });

    add(`R14: gives out one ending of a stream that has several, and nothing after it (${dialect.title})`, () => {
      const ending = events.slice(-3);
      const script: Script = () => [...sendEvents([...events, ...ending, ...events]), send(LAST_CHUNK)];
      const profile = stage.profile({ dialect, script });
      return async () => expectContent(await profile.ask());
    });
  }

  for (const { title, dialect, stream } of WAYS) {
    for (const [encoding, compress] of [
      ['gzip', gzipSync],
      ['br', brotliCompressSync],
    ] as const)
      add(`R12, R17: takes no ${encoding} body for complete that is cut (${title})`, () => {
        const text = stream ? dialect.events(EVERYTHING).join('') : JSON.stringify(dialect.whole(EVERYTHING));
        const packed = compress(Buffer.from(text));
        const type = stream ? 'text/event-stream' : 'application/json';
        const script: Script = () => [
          send(head(200, { 'content-type': type, 'content-encoding': encoding, connection: 'close' })),
          send(packed.subarray(0, packed.length * 0.6)),
          finish,
        ];
        const profile = stage.profile({ dialect, script });
        return async () => expectFailure(await profile.ask({ stream }), [502]);
      });

    add(`R17: refuses a body that is not compressed as it says (${title})`, () => {
      const script: Script = (call) =>
        call.body.stream === true
          ? [
              send(streamHead({ 'content-encoding': 'gzip' })),
              ...dialect.events(EVERYTHING).map((event) => send(chunk(event))),
              send(LAST_CHUNK),
            ]
          : [send(whole(200, dialect.whole(EVERYTHING), { 'content-encoding': 'gzip' }))];
      const profile = stage.profile({ dialect, script });
      return async () => expectFailure(await profile.ask({ stream }), [502]);
    });

    add(`R17: is not filled up by a body that swells a thousandfold (${title})`, () => {
      const script: Script = () => [send(head(200, BOMB_HEADERS)), send(BOMB), finish];
      const profile = stage.profile({ dialect, script });
      return async () => expectFailure(await profile.ask({ stream }), [502]);
    });
  }

  for (const dialect of DIALECTS)
    add(`R10: a whole answer that stalls is given up after the idle limit (${dialect.title})`, () => {
      const script: Script = () => [send(head(200, { 'content-type': 'application/json' })), send('{"id":"'), stall];
      const profile = stage.profile({ dialect, script, settings: { timeouts: { idle_s: 0.5 } } });
      return async () => {
        const answer = await profile.ask({ stream: false });
        expect(answer.status, answer.body).to.equal(504);
        await waitUntil('the call to be given up', () => profile.upstream.open() === 0, 5_000);
      };
    });

  add('leaves the other answers of the proxy alone', () => {
    const [dialect] = DIALECTS;
    const profile = stage.profile({ dialect, script: (call) => complete(dialect, call) });
    return async () => {
      for (let n = 0; n < 20; n += 1) expectContent(await profile.ask());
    };
  });

  add('R11: says that the connection broke, in one error', () => {
    const [, dialect] = DIALECTS;
    const script: Script = () => [...sendEvents(dialect.events(EVERYTHING).slice(0, 5)), reset];
    const profile = stage.profile({ dialect, script });
    return async () => expectBroken(await profile.ask(), /^api_error$/);
  });
});
