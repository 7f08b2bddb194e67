import { expect } from 'chai';
import { countText, type Encoder } from '../../../src/proxy/tokens/count-text.ts';
import type { EncodingName } from '../../../src/proxy/tokens/families.ts';
import { loadEncoder } from '../../../src/proxy/tokens/load-encoder.ts';

const NAMES: readonly EncodingName[] = ['claude', 'o200k_base', 'cl100k_base', 'p50k_base'];

describe('counting a text', function () {
  this.timeout(60_000);
  const encoders = new Map<EncodingName, Encoder>();
  const count = (name: EncodingName, text: string): number =>
    countText(encoders.get(name) ?? expect.fail(`${name} was not loaded`), text);

  before(async () => {
    for (const name of NAMES) encoders.set(name, await loadEncoder(name));
  });

  it('gives the figures that OpenAI publishes for its encodings', () => {
    const published: readonly [text: string, p50k: number, cl100k: number, o200k: number][] = [
      ['antidisestablishmentarianism', 5, 6, 6],
      ['2 + 2 = 4', 5, 7, 7],
      ['お誕生日おめでとう', 14, 9, 8],
    ];
    for (const [text, ...expected] of published) {
      const found = (['p50k_base', 'cl100k_base', 'o200k_base'] as const).map((name) => count(name, text));
      expect(found, text).to.deep.equal(expected);
    }
  });

  it('gives nothing for nothing and one for a word', () => {
    for (const name of NAMES) expect([count(name, ''), count(name, 'hello')], name).to.deep.equal([0, 1]);
  });

  it('gives the same for a long text as for its pieces together', () => {
    const sentence =
      'The quick brown fox jumps over the lazy dog; const answer = await find(42);\n    return answer;\n';
    for (const name of NAMES) {
      const whole = encoders.get(name)?.encode(sentence.repeat(200), 'all').length ?? 0;
      expect(count(name, sentence.repeat(200)) / whole, name).to.be.within(0.995, 1.005);
    }
  });

  it('takes special tokens for text', () => {
    for (const name of NAMES) {
      const tokens = count(name, 'before <|endoftext|> <EOT> <|fim_prefix|> after');
      expect(tokens, name).to.be.within(8, 40);
    }
  });

  it('takes names that objects have by nature for text', () => {
    for (const name of NAMES) expect(count(name, 'constructor __proto__ toString'), name).to.be.within(3, 15);
  });

  it('copes with halves of characters and does not halve any itself', () => {
    for (const name of NAMES) {
      expect(count(name, `\ud83d${'\ude00\ud83d'.repeat(300)}`), name).to.be.greaterThan(0);
      expect(count(name, '\ud800'.repeat(1_000)), name).to.be.greaterThan(0);
    }
    const pieces: string[] = [];
    const spy: Encoder = { encode: (piece) => [pieces.push(piece)] };
    const text = `a${'😀'.repeat(1_000)}`;
    expect(countText(spy, text)).to.equal(pieces.length);
    expect(pieces.join('')).to.equal(text);
    expect(pieces.every((piece) => piece.isWellFormed() && piece.length <= 256)).to.equal(true);
  });

  it('breaks at spaces where there are some', () => {
    const pieces: string[] = [];
    countText({ encode: (piece) => [pieces.push(piece)] }, 'a word '.repeat(200).trimEnd());
    expect(pieces.slice(1).every((piece) => piece.startsWith(' '))).to.equal(true);
  });

  for (const [what, text] of [
    ['letters', 'a'.repeat(1_000_000)],
    ['spaces', ' '.repeat(1_000_000)],
    ['digits', '7'.repeat(1_000_000)],
    ['line feeds', '\n'.repeat(1_000_000)],
  ] as const) {
    // Without pieces this would take hours.
    it(`ends for a million ${what}`, () => {
      for (const name of NAMES) expect(count(name, text), name).to.be.within(1_000, 1_000_000);
    });
  }
});
