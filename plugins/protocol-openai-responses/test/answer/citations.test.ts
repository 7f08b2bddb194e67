import { expect } from 'chai';
import { readCitation } from '../../src/answer/citations.ts';

describe('a citation of a page', () => {
  const page = { type: 'url_citation', url: 'https://a.example/' };

  it('has the text it stands for, cut between characters', () => {
    expect(readCitation({ ...page, start_index: 1, end_index: 3 }, 'a🌍bc')).to.include({ cited_text: '🌍b' });
    expect(readCitation({ ...page, start_index: -5, end_index: 99 }, 'abc')).to.include({ cited_text: 'abc' });
    expect(readCitation({ ...page, start_index: 3, end_index: 1 }, 'abcd')).to.include({ cited_text: '' });
  });

  it('does without a place and without a title', () => {
    expect(readCitation(page, 'abc')).to.deep.equal({
      type: 'web_search_result_location',
      url: 'https://a.example/',
      title: 'https://a.example/',
      encrypted_index: '',
      cited_text: '',
    });
  });

  it('stays as it is where it names no page', () => {
    const bare = { type: 'url_citation', title: 'A' };
    expect(readCitation(bare, 'abc')).to.deep.equal(bare);
  });
});
