import { expect } from 'chai';
import fc from 'fast-check';
import { ThinkTagSplitter, type ThinkTagOptions } from '@claudex/sdk/codec';

/** What comes out in all, as thinking and as text. */
function split(chunks: readonly string[], options?: ThinkTagOptions): { thinking: string; text: string } {
  const splitter = new ThinkTagSplitter(options);
  const pieces = [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()];
  const all = (kind: string): string => pieces.flatMap((piece) => (piece.kind === kind ? [piece.text] : [])).join('');
  return { thinking: all('thinking'), text: all('text') };
}

describe('splitting think tags from an answer', () => {
  const answers: readonly [what: string, answer: string, thinking: string, text: string][] = [
    ['a tag at the start', '<think>hm</think>yes', 'hm', 'yes'],
    ['every name of a tag', '<thinking>hm</thinking>yes', 'hm', 'yes'],
    ['reasoning', '<reasoning>hm</reasoning>yes', 'hm', 'yes'],
    ['thought', '<thought>hm</thought>yes', 'hm', 'yes'],
    ['capitals', '<THINK>hm</Think>yes', 'hm', 'yes'],
    ['white space in front', ' \n<think>hm</think>yes', ' \nhm', 'yes'],
    ['a pair of line breaks behind', '<think>hm\n</think>\n\nyes', 'hm\n', 'yes'],
    ['one line break behind', '<think>hm</think>\nyes', 'hm', 'yes'],
    ['line breaks of Windows', '<think>hm</think>\r\n\r\nyes', 'hm', 'yes'],
    ['more line breaks than a pair', '<think>hm</think>\n\n\nyes', 'hm', '\nyes'],
    ['nothing behind the line breaks', '<think>hm</think>\n\n', 'hm', ''],
    ['empty thinking', '<think></think>yes', '', 'yes'],
    ['no closing tag', '<think>hm', 'hm', ''],
    ['half a closing tag', '<think>hm</thi', 'hm</thi', ''],
    ['the closing tag of another name', '<think>a</thinking>b</think>c', 'a</thinking>b', 'c'],
    ['a tag inside the thinking', '<think>a<think>b</think>c', 'a<think>b', 'c'],
    ['a tag in the text', 'Use <think> and </think>.', '', 'Use <think> and </think>.'],
    ['a second tag', '<think>a</think>b<think>c</think>', 'a', 'b<think>c</think>'],
    ['half an opening tag', '<thin', '', '<thin'],
    ['something like a tag', '<thinker>a', '', '<thinker>a'],
    ['a closing tag alone', 'hm</think>yes', '', 'hm</think>yes'],
    ['white space alone', ' \n ', '', ' \n '],
    ['nothing', '', '', ''],
    ['more white space than an answer begins with', `${' '.repeat(300)}<think>a`, '', `${' '.repeat(300)}<think>a`],
  ];
  for (const [what, answer, thinking, text] of answers) {
    it(`understands ${what}`, () => {
      expect(split([answer]), 'whole').to.deep.equal({ thinking, text });
      expect(split(answer.split('')), 'in single characters').to.deep.equal({ thinking, text });
    });
  }

  describe('when the template omits the opening tag', () => {
    const omitted: readonly [what: string, answer: string, thinking: string, text: string][] = [
      ['counts all up to the closing tag as thinking', 'hm</think>\n\nyes', 'hm', 'yes'],
      ['takes the opening tag where it comes after all', '<think>hm</think>yes', 'hm', 'yes'],
      ['counts an answer without any tag as thinking', 'hm', 'hm', ''],
      ['counts half a tag as thinking', '<th', '<th', ''],
      ['leaves a later tag alone', 'a</think>b</think>c', 'a', 'b</think>c'],
    ];
    for (const [what, answer, thinking, text] of omitted) {
      it(what, () => {
        expect(split([answer], { openingOmitted: true })).to.deep.equal({ thinking, text });
        expect(split(answer.split(''), { openingOmitted: true })).to.deep.equal({ thinking, text });
      });
    }
  });

  it('lets text flow as soon as it cannot be a tag any more', () => {
    const splitter = new ThinkTagSplitter();
    expect(splitter.push('<')).to.deep.equal([]);
    expect(splitter.push('b>')).to.deep.equal([{ kind: 'text', text: '<b>' }]);
    expect(splitter.push('<think>')).to.deep.equal([{ kind: 'text', text: '<think>' }]);
  });

  it('lets thinking flow but for what may be the closing tag', () => {
    const splitter = new ThinkTagSplitter();
    expect(splitter.push('<think>one ')).to.deep.equal([{ kind: 'thinking', text: 'one ' }]);
    expect(splitter.push('two</th')).to.deep.equal([{ kind: 'thinking', text: 'two' }]);
    expect(splitter.push('ree')).to.deep.equal([{ kind: 'thinking', text: '</three' }]);
  });

  const part = fc.constantFrom(
    '<think>',
    '</think>',
    '<Thinking>',
    '</thinking>',
    '\n',
    '\r\n',
    ' ',
    'a',
    '<',
    '</thi',
    '>',
  );
  const answer = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));

  it('gives the same however the answer is cut', () => {
    fc.assert(
      fc.property(answer, fc.array(fc.nat(60), { maxLength: 6 }), fc.boolean(), (whole, cuts, openingOmitted) => {
        const places = [0, ...cuts.toSorted((one, other) => one - other), whole.length];
        const chunks = places.slice(1).map((end, index) => whole.slice(places[index], end));
        expect(split(chunks, { openingOmitted })).to.deep.equal(split([whole], { openingOmitted }));
      }),
    );
  });

  it('loses nothing but the tags and a pair of line breaks', () => {
    fc.assert(
      fc.property(answer, (whole) => {
        const { thinking, text } = split([whole]);
        const [opening = ''] = /^\s*<think(?:ing)?>/i.exec(whole) ?? [];
        if (opening === '') expect({ thinking, text }).to.deep.equal({ thinking: '', text: whole });
        else {
          expect(whole.endsWith(text)).to.equal(true);
          const [before] = [whole.slice(0, whole.length - text.length)];
          const space = opening.slice(0, opening.indexOf('<'));
          expect(before.startsWith(opening + thinking.slice(space.length))).to.equal(true);
          expect(before.slice(opening.length + thinking.length - space.length)).to.match(
            /^(?:<\/think(?:ing)?>(?:\r?\n){0,2})?$/i,
          );
        }
      }),
    );
  });
});
