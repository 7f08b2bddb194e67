import { expect } from 'chai';
import type { Json } from '@claudex/sdk';
import { LossLog, mendCharacters, mendedJson } from '@claudex/sdk/codec';

const HALF = '\ud83d';
const MENDED = '\ufffd';

describe('halves of characters', () => {
  it('are replaced wherever they stand, and recorded once', () => {
    const losses = new LossLog();
    const value = { a: [`one ${HALF}`, 2, null], [`b${HALF}`]: { c: HALF, d: true } };
    expect(mendCharacters(value, 'tools', losses)).to.deep.equal({
      a: [`one ${MENDED}`, 2, null],
      [`b${MENDED}`]: { c: MENDED, d: true },
    });
    mendCharacters(HALF, 'messages', losses);
    expect(losses.entries.map(({ kind, path, feature }) => [kind, path, feature])).to.deep.equal([
      ['adjusted', 'tools', 'half_character'],
    ]);
  });

  it('leave a value that has none as it is', () => {
    const losses = new LossLog();
    const value = { a: ['😀', 1, null, { b: false }] };
    expect(mendCharacters(value, 'tools', losses)).to.equal(value);
    expect(losses.entries).to.deep.equal([]);
  });

  it('are replaced in JSON text, where a text that only looks like one is left alone', () => {
    const losses = new LossLog();
    expect(mendedJson({ a: String.raw`\ud83d` }, 'here', losses)).to.equal(String.raw`{"a":"\\ud83d"}`);
    expect(losses.entries).to.deep.equal([]);
    expect(mendedJson({ a: HALF }, 'here', losses)).to.equal(`{"a":"${MENDED}"}`);
    expect(losses.entries).to.have.lengthOf(1);
  });
});

describe('values nested too deep to be written', () => {
  const deep = JSON.parse(`${'[{"a":'.repeat(5000)}"${HALF}"${'}]'.repeat(5000)}`) as Json;

  it('are cut where it gets too deep, and recorded once', () => {
    const losses = new LossLog();
    const cut = mendCharacters({ a: HALF, deep }, 'tools', losses);
    expect(JSON.stringify(cut)).to.include(`"a":"${MENDED}"`).and.include('null');
    expect(mendedJson(deep, 'messages', losses)).to.equal(JSON.stringify(mendCharacters(deep, 'messages', losses)));
    expect(losses.entries.map(({ kind, path, feature }) => [kind, path, feature])).to.deep.equal([
      ['degraded', 'tools', 'nesting'],
      ['adjusted', 'tools', 'half_character'],
    ]);
  });
});
