import { expect } from 'chai';
import type { ContentBlock, Message, Quirks } from '@claudex/sdk';
import { encodeRequest } from '../../src/request.ts';
import { assistant, call, contextOf, result, user } from '@claudex/sdk/testing';

const DATA = 'data:application/pdf;base64,JVBERi0=';
const ADDRESS = 'https://example.org/r.pdf';

function pdf(more: { title?: string; context?: string } = {}): ContentBlock {
  return { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBERi0=' }, ...more };
}

const remote: ContentBlock = { type: 'document', title: 'R', source: { type: 'url', url: ADDRESS } };

function encode(messages: Message[], documents: NonNullable<Quirks['documents']>) {
  const { body, losses } = encodeRequest(contextOf({ messages }, { documents }));
  const encoded = body['messages'] as { role: string; content: unknown }[];
  return { messages: encoded, content: encoded[0]?.content, losses };
}

describe('encoding documents', () => {
  it('sends a PDF as a file with a name', () => {
    const { content, losses } = encode([user('read', pdf(), pdf({ title: 'Q3.PDF' }), pdf({ title: 'Q4' }))], 'file');
    expect(content).to.deep.equal([
      { type: 'text', text: 'read' },
      { type: 'file', file: { filename: 'document.pdf', file_data: DATA } },
      { type: 'file', file: { filename: 'Q3.PDF', file_data: DATA } },
      { type: 'file', file: { filename: 'Q4.pdf', file_data: DATA } },
    ]);
    expect(losses).to.deep.equal([]);
  });

  it('sends a PDF as an address, its own or one with the data', () => {
    const { content, losses } = encode([user(pdf(), remote)], 'document_url');
    expect(content).to.deep.equal([
      { type: 'document_url', document_url: DATA },
      { type: 'document_url', document_url: ADDRESS, document_name: 'R' },
    ]);
    expect(losses).to.deep.equal([]);
  });

  it('says in front of a file what the client says about it', () => {
    const { content } = encode([user(pdf({ title: 'R', context: 'From today.' }))], 'file');
    expect(content).to.be.an('array').with.lengthOf(2);
    expect(JSON.stringify(content)).to.include('From today.');
  });

  it('leaves a note with the address where the provider fetches none', () => {
    const { content, losses } = encode([user(remote)], 'file');
    expect(content)
      .to.match(/document "R" was left out/)
      .and.to.include(ADDRESS);
    expect(losses.map(({ kind, path }) => [kind, path])).to.deep.equal([['dropped', 'messages[0].content[0]']]);
    expect(JSON.stringify(losses)).not.to.include('example.org');
  });

  it('leaves a note where the provider takes no documents', () => {
    const { content, losses } = encode([user(pdf({ title: 'R' }))], 'none');
    expect(content).to.match(/document "R" was left out/);
    expect(losses.map(({ feature }) => feature)).to.deep.equal(['document']);
  });

  it('lets the document of a result follow in the user message', () => {
    const { messages } = encode([assistant(call('a', 'Fetch')), user(result('a', 'before', pdf()), 'and?')], 'file');
    expect(messages[1]?.content).to.equal('before\n[The document of this result follows in the next user message.]');
    expect(messages[2]?.content).to.deep.equal([
      { type: 'text', text: '[Document from the result of Fetch, call a:]' },
      { type: 'file', file: { filename: 'document.pdf', file_data: DATA } },
      { type: 'text', text: 'and?' },
    ]);
  });

  it('sends an empty text document as its heading alone', () => {
    const empty: ContentBlock = { type: 'document', source: { type: 'text', media_type: 'text/plain', data: '' } };
    expect(encode([user(empty)], 'none').content).to.equal('[The following is a document.]');
  });
});
