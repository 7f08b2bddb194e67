import { expect } from 'chai';
import fc from 'fast-check';
import { patchBody } from '../../src/proxy/prepare/patch-body.ts';
import { findTopLevelFields, readField } from '../../src/proxy/top-level-fields.ts';

const jsonObject = fc
  .dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true })
  .map((object) => ({ model: 'm', ...object }));
/** The same object in several spellings. */
const spelled = fc.tuple(jsonObject, fc.constantFrom(undefined, 1, '\t', '\r\n ')).map(([object, space]) => ({
  object,
  body: Buffer.from(JSON.stringify(object, undefined, space)),
}));

function fieldsOf(body: Buffer) {
  const fields = findTopLevelFields(body);
  if (!fields) throw new Error('no fields were found');
  return fields;
}

describe('the top-level fields of a JSON object', () => {
  it('are found with exactly the values that parsing gives', () => {
    fc.assert(
      fc.property(spelled, ({ body }) => {
        const parsed = JSON.parse(body.toString()) as Record<string, unknown>;
        const fields = fieldsOf(body);
        expect([...fields.keys()].sort()).to.deep.equal(Object.keys(parsed).sort());
        for (const name of Object.keys(parsed)) expect(readField(body, fields, name)).to.deep.equal(parsed[name]);
      }),
    );
  });

  it('skip quotes and brackets inside strings', () => {
    const body = Buffer.from('{"a":"x\\"},{[\\\\","b":[{"c":"]"}],"model":"m"}');
    expect(readField(body, fieldsOf(body), 'model')).to.equal('m');
  });

  it('take the last of two fields with one name, as parsing does', () => {
    const body = Buffer.from('{"model":"first","model":"last"}');
    expect(readField(body, fieldsOf(body), 'model')).to.equal('last');
  });

  for (const text of [
    '',
    '[]',
    '"x"',
    '{',
    '{"a"',
    '{"a":}',
    '{"a":1',
    '{"a":[1}',
    '{"a":1}x',
    '{"a":1,}',
    '{a:1}',
    '{"a":"x}',
  ]) {
    it(`are not found in ${text === '' ? 'nothing' : text}`, () => {
      const fields = findTopLevelFields(Buffer.from(text));
      // What looks bracketed but is not JSON inside a value is left to the upstream; everything else is refused.
      if (fields !== undefined) expect(readField(Buffer.from(text), fields, 'a')).to.equal(undefined);
      else expect(fields).to.equal(undefined);
    });
  }
});

describe('patching a body', () => {
  it('returns the very same bytes when nothing changes', () => {
    const body = Buffer.from('{ "model" : "m" }');
    expect(patchBody(body, fieldsOf(body), new Map([['absent', undefined]]))).to.equal(body);
  });

  it('changes one value and no other byte', () => {
    const body = Buffer.from('{ "model" : "claude" ,\n"messages":[ 1.0, 1e3 ] }');
    const patched = patchBody(body, fieldsOf(body), new Map([['model', 'other']]));
    expect(patched.toString()).to.equal('{ "model" : "other" ,\n"messages":[ 1.0, 1e3 ] }');
  });

  it('changes, adds and removes any fields as parsing, changing and printing would', () => {
    const changes = fc.dictionary(
      fc.constantFrom('model', 'a', 'b', 'stream'),
      fc.option(fc.jsonValue(), { nil: undefined }),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(spelled, changes, ({ body }, wanted) => {
        const expected: Record<string, unknown> = JSON.parse(body.toString()) as Record<string, unknown>;
        for (const [name, value] of Object.entries(wanted)) {
          if (value === undefined) delete expected[name];
          else expected[name] = JSON.parse(JSON.stringify(value)) as unknown;
        }
        const patched = patchBody(body, fieldsOf(body), new Map(Object.entries(wanted)));
        expect(JSON.parse(patched.toString())).to.deep.equal(expected);
      }),
    );
  });
});
