import { expect } from 'chai';
import type { DocumentBlock, MediaSource, Quirks } from '@claudex/sdk';
import { PNG, user } from '@claudex/sdk/testing';
import { encodeMessages } from './support/encode.ts';

const PDF: MediaSource = { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' };
const FILE_DATA = 'data:application/pdf;base64,JVBERi0=';

function encode(document: Omit<DocumentBlock, 'type'>, quirks: Quirks = {}) {
  const { wire, losses } = encodeMessages([user({ type: 'document', ...document })], quirks);
  const [item] = wire.input as unknown as { content: unknown[] }[];
  return { parts: item?.content, losses: losses.map(({ kind, path, feature }) => [kind, path, feature]) };
}

describe('encoding documents', () => {
  it('sends a PDF as a file named after its title', () => {
    const names = [undefined, '', 'Report', 'report.PDF', 'v1.2'].map((title) => {
      const { parts, losses } = encode(title === undefined ? { source: PDF } : { source: PDF, title });
      expect(losses).to.deep.equal([]);
      expect(parts).to.have.lengthOf(1);
      const [file] = parts as { filename: string }[];
      expect(file).to.include({ type: 'input_file', file_data: FILE_DATA });
      return file?.filename;
    });
    expect(names).to.deep.equal(['document.pdf', 'document.pdf', 'Report.pdf', 'report.PDF', 'v1.2.pdf']);
  });

  it('sends the address of a document, under a heading where it has a title', () => {
    const source: MediaSource = { type: 'url', url: 'https://example.org/r.pdf' };
    const file = { type: 'input_file', file_url: 'https://example.org/r.pdf' };
    expect(encode({ source })).to.deep.equal({ parts: [file], losses: [] });
    expect(encode({ source, title: 'R' }).parts).to.deep.equal([
      { type: 'input_text', text: '[The following is a document "R".]' },
      file,
    ]);
  });

  it('says what a document is about', () => {
    expect(encode({ source: PDF, title: 'R', context: 'From today.' }).parts).to.deep.equal([
      { type: 'input_text', text: '[The following is a document "R". From today.]' },
      { type: 'input_file', filename: 'R.pdf', file_data: FILE_DATA },
    ]);
  });

  it('sends text as text under a heading', () => {
    const source: MediaSource = { type: 'text', media_type: 'text/plain', data: 'the body' };
    expect(encode({ source, title: 'Notes' })).to.deep.equal({
      parts: [
        { type: 'input_text', text: '[The following is a document "Notes".]' },
        { type: 'input_text', text: 'the body' },
      ],
      losses: [['degraded', 'messages[0].content[0]', 'document']],
    });
    expect(encode({ source: { ...source, data: '' } }).parts).to.have.lengthOf(1);
  });

  it('sends the content that a document consists of', () => {
    const source: MediaSource = { type: 'content', content: [{ type: 'text', text: 'inner' }, PNG] };
    const { parts, losses } = encode({ source });
    expect(parts?.slice(1)).to.deep.equal([
      { type: 'input_text', text: 'inner' },
      { type: 'input_image', image_url: 'data:image/png;base64,iVBORw0KGgo=', detail: 'auto' },
    ]);
    expect(losses.map(([kind]) => kind)).to.deep.equal(['degraded']);
  });

  it('leaves a note where a document cannot be sent', () => {
    const refused = encode({ source: PDF, title: 'R' }, { documents: 'none' });
    expect(JSON.stringify(refused.parts))
      .to.match(/A document \\"R\\" was left out/)
      .and.not.to.include('JVBERi0');
    const stored = encode({ source: { type: 'file', file_id: 'file_1' }, context: 'From today.' });
    expect(JSON.stringify(stored.parts))
      .to.match(/left out here: it is stored/)
      .and.to.include('From today.');
    for (const { losses } of [refused, stored])
      expect(losses).to.deep.equal([['dropped', 'messages[0].content[0]', 'document']]);
  });
});
