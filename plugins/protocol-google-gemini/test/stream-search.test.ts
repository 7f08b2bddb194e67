import { expect } from 'chai';
import type { CodecContext, JsonObject } from '@claudex/sdk';
import { contextOf } from '@claudex/sdk/testing';
import { chunk, finish, said } from './support/chunks.ts';
import { answerOf, keyedContext, lossesOf } from './support/decode.ts';

const SEARCHED: CodecContext = {
  ...keyedContext({ webSearch: 'tool' }),
  request: contextOf({ tools: [{ kind: 'server', type: 'web_search_20250305', name: 'web_search', declaration: {} }] })
    .request,
};

const GROUNDING: JsonObject = {
  webSearchQueries: ['eclipse 2026', 'eclipse path'],
  groundingChunks: [
    { web: { uri: 'https://example.com/a', title: 'example.com' } },
    { retrievedContext: {} },
    { web: { uri: 'https://example.org/b' } },
  ],
  groundingSupports: [
    { segment: { startIndex: 0, endIndex: 5, text: 'It is.' }, groundingChunkIndices: [0, 1, 9, 2] },
    { segment: { text: 'It is.' }, groundingChunkIndices: [0] },
  ],
};

const STREAM = [
  said('It is.'),
  chunk({ candidates: [{ content: { parts: [] }, finishReason: 'STOP', groundingMetadata: GROUNDING }] }),
];

describe("what the provider's own search found", () => {
  it('becomes citations of the text, and a call with its result behind it', () => {
    const cited = (url: string, title: string): JsonObject => ({
      type: 'web_search_result_location',
      url,
      title,
      encrypted_index: '',
      cited_text: 'It is.',
    });
    const found = (url: string, title: string): JsonObject => ({
      type: 'web_search_result',
      url,
      title,
      encrypted_content: '',
      page_age: null,
    });
    const { content, stop_reason } = answerOf(STREAM, SEARCHED);
    expect(stop_reason).to.equal('end_turn');
    expect(content).to.deep.equal([
      {
        type: 'text',
        text: 'It is.',
        citations: [
          cited('https://example.com/a', 'example.com'),
          cited('https://example.org/b', 'https://example.org/b'),
        ],
      },
      {
        type: 'server_tool_use',
        id: 'srvtoolu_claudex_new2',
        name: 'web_search',
        input: { query: 'eclipse 2026; eclipse path' },
      },
      {
        type: 'server_tool_result',
        result_type: 'web_search_tool_result',
        tool_use_id: 'srvtoolu_claudex_new2',
        content: [
          found('https://example.com/a', 'example.com'),
          found('https://example.org/b', 'https://example.org/b'),
        ],
      },
    ]);
    expect(lossesOf(STREAM, SEARCHED)).to.deep.equal([]);
  });

  it('is not shown where the client did not ask for a search', () => {
    expect(answerOf(STREAM).content).to.deep.equal([{ type: 'text', text: 'It is.' }]);
    expect(lossesOf(STREAM)).to.deep.equal(['dropped citations']);
  });

  it('is nothing where the model did not search', () => {
    const stream = [said('Hi.'), chunk({ candidates: [{ groundingMetadata: {} }] }), finish()];
    expect(answerOf(stream, SEARCHED).content).to.deep.equal([{ type: 'text', text: 'Hi.' }]);
  });
});
