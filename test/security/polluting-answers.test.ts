import { expect } from 'chai';
import { answering, sendEvents } from '../faults/support/answers.ts';
import type { Script } from '../faults/support/call.ts';
import { casesOn } from '../faults/support/cases.ts';
import { saidBy } from '../faults/support/check-answer.ts';
import type { Answer } from '../faults/support/client.ts';
import { EVERYTHING, type Content, type Dialect } from '../faults/support/dialects/dialect.ts';
import { expectContent } from '../faults/support/expect-answer.ts';
import { FaultStage } from '../faults/support/fault-stage.ts';
import { LAST_CHUNK, whole } from '../faults/support/http-text.ts';
import { send } from '../faults/support/steps.ts';
import { WAYS } from '../faults/support/ways.ts';

const POLLUTION =
  '{"polluted":true,"name":"Bash","input_tokens":999999999,"output_tokens":999999999,"prompt_tokens":999999999}';
const INPUT = `{"__proto__":${POLLUTION},"constructor":{"prototype":${POLLUTION}},"file_path":"/notes.md"}`;
const HOSTILE: Content = {
  text: ['fine'],
  tool: { id: 'call_scripted_1', name: 'Read', pieces: [INPUT.slice(0, 20), INPUT.slice(20)] },
};

/** An answer with this content, after its JSON has been changed. */
function changed(dialect: Dialect, content: Content, change: (json: string) => string): Script {
  return ({ body }) =>
    body.stream === true
      ? [...sendEvents(dialect.events(content).map((event) => change(event))), send(LAST_CHUNK)]
      : [send(whole(200, change(JSON.stringify(dialect.whole(content)))))];
}

/** Puts `__proto__` and `constructor` into every object. */
function polluted(json: string): string {
  return json.replaceAll(/\{(?=")/g, `{"__proto__":${POLLUTION},"constructor":{"prototype":${POLLUTION}},`);
}

function usageOf({ body, events }: Answer): { readonly [name: string]: unknown } {
  const { usage } = (events.findLast(({ type }) => type === 'message_delta') ?? JSON.parse(body)) as { usage: object };
  return { ...usage };
}

describe('answers that are made to change every object', () => {
  const stage = new FaultStage({ retry: { max_attempts: 1 } });
  const add = casesOn(stage);
  const oracle = WAYS.map(({ dialect }) => stage.profile({ dialect, script: answering(dialect) }));
  for (const { title, dialect, stream } of WAYS) {
    add(`SEC-17: arguments of a call are data, whatever they are named (${title})`, () => {
      const profile = stage.profile({ dialect, script: changed(dialect, HOSTILE, (json) => json) });
      return async () => {
        const answer = await profile.ask({ stream });
        expect(answer.status, answer.body).to.equal(200);
        const { text, input } = saidBy(answer);
        expect(text).to.equal('fine');
        expect(JSON.parse(input)).to.include({ file_path: '/notes.md' }).and.not.have.property('polluted');
        await expectUntouched();
      };
    });

    add(`SEC-17: names that every object has mean nothing anywhere in an answer (${title})`, () => {
      const script = changed(dialect, { text: ['fine'] }, polluted);
      const profile = stage.profile({ dialect, script });
      return async () => {
        const answer = await profile.ask({ stream });
        expect(answer.status, answer.body).to.equal(200);
        expect(saidBy(answer).text).to.equal('fine');
        expect(usageOf(answer)).to.include({ output_tokens: 10 });
        expect(JSON.stringify(await profile.status())).not.to.match(/polluted|99999999/);
        await expectUntouched();
      };
    });
  }

  /** The next answers of others are as ever. */
  async function expectUntouched(): Promise<void> {
    for (const profile of oracle) {
      const answer = await profile.ask({ stream: false });
      expectContent(answer, EVERYTHING);
      expect(usageOf(answer)).to.include({ output_tokens: 10 });
      expect(answer.body).not.to.include('polluted');
    }
  }
});
