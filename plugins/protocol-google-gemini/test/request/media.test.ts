import { expect } from 'chai';
import type { ContentBlock, Quirks } from '@claudex/sdk';
import { PNG, user } from '@claudex/sdk/testing';
import { encode, partsAt, PDF, words } from '../support/encode.ts';

const partsOf = (block: ContentBlock, quirks: Quirks = {}) => {
  const encoded = encode({ messages: [user(block)] }, quirks);
  return { parts: partsAt(encoded, 0), lost: words(encoded.losses) };
};
const image = (source: (ContentBlock & { type: 'image' })['source']): ContentBlock => ({ type: 'image', source });
const at = (url: string): ContentBlock => image({ type: 'url', url });

describe('pictures and documents', () => {
  it('go as bytes', () => {
    expect(partsOf(PNG)).to.deep.equal({
      parts: [{ inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } }],
      lost: [],
    });
    expect(partsOf(PDF)).to.deep.equal({
      parts: [{ inlineData: { mimeType: 'application/pdf', data: 'JVBERi0=' } }],
      lost: [],
    });
  });

  it('have a heading for what a file has no field for', () => {
    expect(partsOf({ ...PDF, title: 'Plan', context: 'It is old.' }).parts[0]).to.deep.equal({
      text: '[The following is a document "Plan". It is old.]',
    });
  });

  it('are notes where the type is not taken', () => {
    const gif = partsOf(image({ type: 'base64', media_type: 'image/gif', data: 'R0lG' }));
    expect(gif.parts[0]).to.have.property('text').that.includes('image/gif');
    expect(gif.lost).to.deep.equal(['dropped image messages[0].content[0]']);
    const zip = partsOf({ type: 'document', source: { type: 'base64', media_type: 'application/zip', data: 'UEs=' } });
    expect(zip.parts[0]).to.have.property('text').that.includes('left out');
    expect(zip.lost).to.deep.equal(['dropped document messages[0].content[0]']);
  });

  it('are addresses only where Google itself can read them', () => {
    expect(partsOf(at('gs://bucket/a.png')).parts).to.deep.equal([
      { fileData: { fileUri: 'gs://bucket/a.png', mimeType: 'image/png' } },
    ]);
    const stored = 'https://generativelanguage.googleapis.com/v1beta/files/abc';
    expect(partsOf({ type: 'document', source: { type: 'url', url: stored } }).parts).to.deep.equal([
      { fileData: { fileUri: stored } },
    ]);
    for (const block of [
      at('https://example.com/a.png'),
      { ...PDF, source: { type: 'url', url: 'https://example.com/a.pdf' } },
    ] as ContentBlock[]) {
      const { parts, lost } = partsOf(block);
      expect(parts[0]).to.have.property('text').that.includes('https://example.com/a.');
      expect(lost).to.deep.equal([`dropped ${block.type} messages[0].content[0]`]);
    }
    expect(partsOf(at('gs://bucket/a.png'), { imageUrls: false }).lost).to.have.length(1);
  });

  it('are notes where the quirks say that the model takes none', () => {
    expect(partsOf(PNG, { images: false }).parts[0])
      .to.have.property('text')
      .that.includes('does not take pictures');
    expect(partsOf(PDF, { documents: 'none' }).parts[0])
      .to.have.property('text')
      .that.includes('left out');
  });

  it('are text where they are text', () => {
    const text: ContentBlock = { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Words.' } };
    expect(partsOf({ ...text, title: 'T' })).to.deep.equal({
      parts: [{ text: '[The following is a document "T".]' }, { text: 'Words.' }],
      lost: ['degraded document messages[0].content[0]'],
    });
    const mixed: ContentBlock = {
      type: 'document',
      source: { type: 'content', content: [{ type: 'text', text: 'a' }, PNG] },
    };
    expect(partsOf(mixed).parts).to.have.length(3);
    expect(partsOf(image({ type: 'file', file_id: 'file_1' })).lost).to.deep.equal([
      'dropped image messages[0].content[0]',
    ]);
  });
});
