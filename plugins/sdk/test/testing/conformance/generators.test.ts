import type { ContentBlock } from '@claudex/sdk';
import { expect } from 'chai';
import { checkGrammar, isComplete } from '../../../src/testing/grammar.ts';
import { plainJsonProblems } from '../../../src/testing/conformance/plain-json.ts';
import { randomEvents } from '../../../src/testing/conformance/random-events.ts';
import { mutate, randomJson } from '../../../src/testing/conformance/random-json.ts';
import { randomRequest } from '../../../src/testing/conformance/random-request.ts';
import { Random } from '../../../src/testing/conformance/random.ts';
import { isInside, mapStrings, stringsOf } from '../../../src/testing/conformance/strings-of.ts';

const SEEDS = Array.from({ length: 200 }, (_one, seed) => seed);

describe('the generators of the conformance suite', () => {
  it('make the same request for the same seed, and plain JSON', () => {
    for (const seed of SEEDS) {
      const request = randomRequest(seed);
      expect(randomRequest(seed)).to.deep.equal(request);
      expect(plainJsonProblems(request, 'request')).to.deep.equal([]);
    }
    expect(randomRequest(1)).not.to.deep.equal(randomRequest(2));
  });

  it('make requests with every kind of block, tool and setting', () => {
    const requests = SEEDS.map(randomRequest);
    const blocks = requests.flatMap(({ messages }) => messages.flatMap(({ content }) => content.flatMap(withNested)));
    expect([...new Set(blocks.map(({ type }) => type))]).to.have.length(11);
    expect([...new Set(requests.flatMap(({ tools }) => tools.map(({ kind }) => kind)))]).to.have.length(2);
    expect([...new Set(requests.map(({ tool_choice: choice }) => choice?.type))]).to.have.length(5);
    expect([...new Set(requests.map(({ thinking }) => thinking?.type))]).to.have.length(4);
    expect(requests.some(({ messages }) => messages.length === 0)).to.equal(true);
    expect(requests.some(({ messages }) => messages.slice(1, -1).some(({ role }) => role === 'system'))).to.equal(true);
  });

  it('make sound streams', () => {
    for (const seed of SEEDS) {
      const events = randomEvents(seed);
      expect(checkGrammar(events)).to.deep.equal([]);
      expect(isComplete(events)).to.equal(true);
    }
  });

  it('change JSON without touching what it was', () => {
    const value = { a: [1, { b: 'x' }], c: null };
    const before = structuredClone(value);
    const changed = SEEDS.map((seed) => JSON.stringify(mutate(new Random(seed), value)));
    expect(value).to.deep.equal(before);
    expect(new Set(changed).size).to.be.greaterThan(20);
    expect(SEEDS.flatMap((seed) => plainJsonProblems(randomJson(new Random(seed)), 'json'))).to.deep.equal([]);
  });

  it('find strings and where they stand', () => {
    expect([...stringsOf({ a: ['x', { b: 'y' }], c: 1 })]).to.deep.equal([
      { path: 'a[0]', value: 'x' },
      { path: 'a[1].b', value: 'y' },
    ]);
    expect(mapStrings({ a: ['x', null], b: 'z' }, (text) => `${text}!`)).to.deep.equal({ a: ['x!', null], b: 'z!' });
    expect(['a[1].b', 'a[1]', 'a[10]', 'ab'].map((path) => isInside(path, 'a[1]'))).to.deep.equal([
      true,
      true,
      false,
      false,
    ]);
  });

  it('tell what JSON cannot carry', () => {
    const circle: { inside?: unknown } = {};
    circle.inside = circle;
    const value = {
      a: Number.NaN,
      b: [undefined, () => 1],
      c: new Date(0),
      d: circle,
      e: { f: 1n },
      ok: [1, 'x', null],
    };
    expect(plainJsonProblems(value, 'body')).to.deep.equal([
      'body.a is NaN',
      'body.b[0] is undefined',
      'body.b[1] is a function',
      'body.c is an object of a class',
      'body.d.inside contains itself',
      'body.e.f is a bigint',
    ]);
  });
});

function withNested(block: ContentBlock): ContentBlock[] {
  return block.type === 'tool_result' ? [block, ...block.content.flatMap(withNested)] : [block];
}
