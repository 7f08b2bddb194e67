import { expect } from 'chai';
import { FoundPages, isPage } from '../../src/answer/found-pages.ts';

const URL = 'https://a.example/';

describe('the pages a search found', () => {
  it('are cited once each', () => {
    const pages = new FoundPages();
    expect(pages.add(URL)).to.include({ url: URL, title: URL, cited_text: '' });
    expect(pages.add(URL)).to.equal(undefined);
    expect(pages.add({ url: URL, title: 'A' })).to.equal(undefined);
  });

  it('are none where there is no address', () => {
    const pages = new FoundPages();
    for (const entry of [null, undefined, 7, '', [], {}, { url: 7 }, { url_citation: null }, { url_citation: {} }]) {
      expect(pages.add(entry), JSON.stringify(entry)).to.equal(undefined);
      expect(isPage(entry)).to.equal(false);
    }
    expect(pages.blocks((prefix) => prefix)).to.deep.equal([]);
  });
});
