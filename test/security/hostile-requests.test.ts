import { expect } from 'chai';
import { answering } from '../faults/support/answers.ts';
import { question } from '../faults/support/client.ts';
import { expectContent } from '../faults/support/expect-answer.ts';
import { FaultStage } from '../faults/support/fault-stage.ts';
import { DIALECTS } from '../faults/support/ways.ts';
import { ask, type Heard } from './support/ask.ts';

const DEPTH = 100_000;
const WIDTH = 10_000_000;
const POLLUTION = '{"polluted":true,"stream":true,"model":"polluted","role":"system","type":"polluted"}';

/** A question, with this JSON in front of its own fields. */
const withFields = (fields: string): string => JSON.stringify(question(false)).replace('{', `{${fields},`);
/** A question whose only text is this JSON. */
const withContent = (content: string): string =>
  JSON.stringify(question(false, { messages: [{ role: 'user', content: '@' }] })).replace('"@"', () => content);

const BODIES: { readonly [what: string]: () => string } = {
  'arrays in arrays': () => '['.repeat(DEPTH) + ']'.repeat(DEPTH),
  'arrays that never end': () => '['.repeat(DEPTH),
  'objects in objects': () => withFields(`"metadata":${'{"a":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`),
  'content in content': () =>
    withContent(`${'[{"type":"tool_result","tool_use_id":"a","content":'.repeat(DEPTH)}"x"${'}]'.repeat(DEPTH)}`),
  'a schema in a schema': () =>
    withFields(
      `"tools":[{"name":"a","input_schema":${'{"type":"array","items":'.repeat(DEPTH)}{}${'}'.repeat(DEPTH)}}]`,
    ),
  'a very long array': () => withFields(`"metadata":{"user_id":[${'0,'.repeat(WIDTH)}0]}`),
  'very many messages': () =>
    JSON.stringify({
      ...question(false),
      messages: Array.from({ length: 100_000 }, () => ({ role: 'user', content: 'x' })),
    }),
  '__proto__ everywhere': () =>
    withFields(`"__proto__":${POLLUTION},"metadata":{"__proto__":${POLLUTION}}`).replaceAll(
      '{"role"',
      () => `{"__proto__":${POLLUTION},"role"`,
    ),
  'escaped __proto__': () =>
    withFields(`"\\u005f_proto__":${POLLUTION},"metadata":{"\\u005f\\u005fproto__":${POLLUTION}}`),
  'constructor and prototype everywhere': () =>
    withFields(`"constructor":{"prototype":${POLLUTION}},"prototype":${POLLUTION},"hasOwnProperty":1,"toString":null`),
  'tools that are named like the parts of every object': () =>
    JSON.stringify({
      ...question(false),
      tools: ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'].map((name) => ({
        name,
        input_schema: { type: 'object', properties: {} },
      })),
    }),
  'fields twice': () => withFields('"messages":[],"max_tokens":"many","stream":7,"tools":{"a":1}'),
  'a very large number': () => withFields('"temperature":1e999,"top_k":123456789012345678901234567890'),
  'a very long name of a field': () => withFields(`"${'x'.repeat(1_000_000)}":1`),
  'half of a surrogate pair': () => withContent('"\\ud800 and \\udfff"'),
  'bytes that are not UTF-8': () => withContent('"\xff\xfe\xc0\xaf"'),
  'a null byte': () => withContent('"a\\u0000b"'),
};

describe('JSON that is made to hurt', function () {
  this.timeout(60_000);
  const stage = new FaultStage();
  const profiles = DIALECTS.map((dialect) => ({
    dialect,
    profile: stage.profile({ dialect, script: answering(dialect) }),
  }));
  before(() => stage.start());
  after(() => stage.close());

  const send = (path: string, body: string): Promise<Heard> =>
    ask(stage.proxy.port, path, {
      method: 'POST',
      headers: { authorization: `Bearer ${stage.token}`, 'content-type': 'application/json' },
      body: Buffer.from(body, 'latin1'),
    });

  for (const { dialect, profile } of profiles)
    for (const [what, bodyOf] of Object.entries(BODIES))
      it(`SEC-16: is answered or refused, and changes nothing for others: ${what} (${dialect.title})`, async () => {
        const body = bodyOf();
        for (const route of ['', '/count_tokens']) {
          const heard = await send(`/proxy/${profile.name}/v1/messages${route}`, body);
          expect([200, 400, 404, 413, 502], heard.body.slice(0, 300)).to.include(heard.status);
          if (heard.status !== 200) expect(JSON.parse(heard.body)).to.include({ type: 'error' });
        }
        expectContent(await profile.ask({ stream: false }));
        expect(profile.calls.at(-1)?.body).not.to.have.property('polluted');
        expect(JSON.stringify(await profile.status())).not.to.include('polluted');
      });

  it('SEC-16: has no second meaning: a field that is sent twice means to the provider what it means here', async () => {
    for (const { profile } of profiles) {
      const body = withFields('"model":"first"').replace(/\}$/, ',"model":"last"}');
      const heard = await send(`/proxy/${profile.name}/v1/messages`, body);
      const call = profile.calls.at(-1);
      expect(call?.body.model).to.equal(heard.headers['x-claudex-model']);
    }
  });

  it('SEC-16: is no bug', () => {
    expect(stage.proxy.output()).not.to.include('"event":"bug"');
  });
});
