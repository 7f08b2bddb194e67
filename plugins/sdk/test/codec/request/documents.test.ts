import { expect } from 'chai';
import type { DocumentBlock } from '@claudex/sdk';
import { documentFileName, documentHeading, documentName } from '@claudex/sdk/codec';

const untitled: DocumentBlock = { type: 'document', source: { type: 'url', url: 'https://a.example' } };
const titled: DocumentBlock = { ...untitled, title: 'Plan', context: 'For May.' };

describe('the words for a document', () => {
  it('name it and say what follows', () => {
    expect(documentName(untitled)).to.equal('document');
    expect(documentName(titled)).to.equal('document "Plan"');
    expect(documentHeading(untitled)).to.equal('[The following is a document.]');
    expect(documentHeading(titled)).to.equal('[The following is a document "Plan". For May.]');
  });

  it('make a file name whose ending fits the type', () => {
    expect(documentFileName(untitled, 'application/pdf')).to.equal('document.pdf');
    expect(documentFileName({ ...titled, title: '' }, 'text/plain')).to.equal('document.txt');
    expect(documentFileName({ ...titled, title: 'Plan.PDF' }, 'application/pdf')).to.equal('Plan.PDF');
    expect(documentFileName(titled, 'odd')).to.equal('Plan.odd');
  });
});
