import { expect } from 'chai';
import type { ContentBlock, JsonObject, SseEvent } from '@claudex/sdk';
import { runMachine } from '@claudex/sdk/testing';
import { decodeResponse } from '../src/response.ts';
import { decodeStream } from '../src/stream.ts';
import { blocksOf, faultOf, knownContext, lossesOf } from './support/decode.ts';
import { added, completed, CREATED, delta, done, event } from './support/events.ts';

/** With work for each entry that grows with their number, these would take minutes. */
const MANY = 60_000;

function list<Entry>(length: number, make: (index: number) => Entry): Entry[] {
  return Array.from({ length }, (_, index) => make(index));
}

function read(output: object[]): { content: readonly ContentBlock[]; features: string[] } {
  const decoded = decodeResponse({ status: 'completed', output: output as JsonObject[] }, knownContext());
  if ('fault' in decoded) return expect.fail(decoded.fault.message);
  return { content: decoded.response.content, features: decoded.losses.map(({ feature }) => feature) };
}

/** How many blocks a stream has. One event can end very many of them. */
function blocksIn(stream: readonly SseEvent[]): number {
  const machine = decodeStream(knownContext());
  const counts = stream.map((one) => machine.push(one).filter(({ type }) => type === 'content_block_start').length);
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Citations of a block: their number, and the longest text. */
function citedOf(block: ContentBlock | undefined): [number, number] {
  const citations = block?.type === 'text' ? (block.citations ?? []) : [];
  return [citations.length, Math.max(...citations.map(({ cited_text: text }) => (text as string).length))];
}

describe('an answer with very much in it', () => {
  const length = 1_000_000;
  const citation = { type: 'url_citation', url: 'https://a.example/', start_index: 0, end_index: length };
  const citations = list(1_200, () => citation);

  it('has a limited number of short citations, and says so', () => {
    const part = { type: 'output_text', text: 'x'.repeat(length), annotations: citations };
    const { content, features } = read([{ type: 'message', content: [part] }]);
    expect(citedOf(content[0])).to.deep.equal([200, 150]);
    expect(features).to.deep.equal(['citations']);
    const stream = [
      delta('output_text', 0, 'x'.repeat(length)),
      ...citations.map((annotation) =>
        event('response.output_text.annotation.added', { output_index: 0, content_index: 0, annotation }),
      ),
    ];
    expect(citedOf(blocksOf(stream)[0])).to.deep.equal([200, 150]);
    expect(lossesOf([CREATED, ...stream, completed()]).map(({ feature }) => feature)).to.deep.equal(['citations']);
  });

  it('may give every call the same id', () => {
    const call = { type: 'function_call', call_id: 'a', name: 'Read', arguments: '{}' };
    const search = { type: 'web_search_call', id: 'a' };
    const { content } = read(list(MANY, (index) => (index % 2 === 0 ? call : search)));
    expect(new Set(content.map((block) => 'id' in block && block.id)).size).to.be.at.least(MANY);
  });

  it('may name items nobody has announced', () => {
    const bare = (type: string, item: object): SseEvent => event(`response.output_item.${type}`, { item });
    const call = (id: string) => ({ type: 'function_call', id, call_id: id, name: 'Read' });
    const stream = [
      ...list(MANY, (index) => bare('added', call(`a${index}`))),
      ...list(MANY, (index) => bare('done', call(`b${index}`))),
      completed(),
    ];
    expect(blocksIn(stream)).to.equal(2 * MANY);
  });

  it('may list its items in another order at the end', () => {
    const call = (index: number) => ({ type: 'function_call', call_id: `c${index}`, name: 'Read', arguments: '{}' });
    const output = list(MANY, (index) => call(MANY - 1 - index));
    const stream = [...list(MANY, (index) => done(index, call(index))), completed({ output })];
    expect(blocksIn(stream)).to.equal(MANY);
  });
});

describe('an answer that is nested too deeply', () => {
  const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;

  it('is a fault', () => {
    for (const item of [
      `{"type":"function_call","call_id":"a","name":"Read","arguments":${deep}}`,
      `{"type":"shell_call","call_id":"a","action":{"z":${deep}}}`,
      `{"type":"mcp_call","name":"a","error":${deep}}`,
      `{"type":"reasoning","encrypted_content":"a","z":${deep}}`,
    ]) {
      const stream = [CREATED, { data: `{"type":"response.output_item.done","output_index":0,"item":${item}}` }];
      expect(faultOf(stream)).to.include({ kind: 'protocol' });
      const body = JSON.parse(`{"status":"completed","output":[${item}]}`) as JsonObject;
      expect(decodeResponse(body, knownContext())).to.have.nested.property('fault.kind', 'protocol');
    }
  });

  it('is passed on where nobody has to look into it', () => {
    const stream = [added(0, { type: 'function_call', name: 'Read' }), delta('function_call_arguments', 0, deep)];
    const written = runMachine(decodeStream(knownContext()), [...stream, completed()]);
    expect(written.at(-1)?.type).to.equal('message_stop');
  });
});
