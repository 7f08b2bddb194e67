import { expect } from 'chai';
import type { JsonObject } from '@claudex/sdk';
import { CitationReader } from '../../src/answer/citations.ts';
import { GrownText } from '../../src/answer/grown-text.ts';

function read(annotation: object, words: string): JsonObject {
  const text = new GrownText();
  if (words !== '') text.add(words);
  return new CitationReader(text).read({ ...annotation });
}

describe('a citation of a page', () => {
  const page = { type: 'url_citation', url: 'https://a.example/' };

  it('has the text it stands for, cut between characters', () => {
    expect(read({ ...page, start_index: 1, end_index: 3 }, 'a🌍bc')).to.include({ cited_text: '🌍b' });
    expect(read({ ...page, start_index: 1.5, end_index: 2.5 }, 'abc')).to.include({ cited_text: 'b' });
    expect(read({ ...page, start_index: -5, end_index: 99 }, 'abc')).to.include({ cited_text: 'abc' });
    expect(read({ ...page, start_index: 3, end_index: 1 }, 'abcd')).to.include({ cited_text: '' });
    expect(read({ ...page, start_index: 9, end_index: 12 }, 'abcd')).to.include({ cited_text: '' });
  });

  it('has no more than the beginning of a long text', () => {
    const whole = { ...page, start_index: 0, end_index: 1_000 };
    expect(read(whole, 'x'.repeat(1_000))['cited_text']).to.equal('x'.repeat(150));
    expect(read(whole, `x${'🌍'.repeat(500)}`)['cited_text']).to.equal(`x${'🌍'.repeat(74)}`);
  });

  it('does without a place and without a title', () => {
    expect(read(page, 'abc')).to.deep.equal({
      type: 'web_search_result_location',
      url: 'https://a.example/',
      title: 'https://a.example/',
      encrypted_index: '',
      cited_text: '',
    });
  });

  it('stays as it is where it names no page', () => {
    const bare = { type: 'url_citation', title: 'A' };
    expect(read(bare, 'abc')).to.deep.equal(bare);
  });
});
