import { expect } from 'chai';
import type { CanonicalEvent, CodecContext, JsonObject, SseEvent } from '@claudex/sdk';
import { contextOf } from '@claudex/sdk/testing';
import { decodeResponse } from '../src/response.ts';
import { delta, finish, piece } from './support/chunks.ts';
import { answerOf, decode } from './support/decode.ts';

const A = 'https://a.example/';
const B = 'https://b.example/';

/** A context in which the client asked for a search and the provider can do it. */
function searching(): CodecContext {
  const type = 'web_search_20250305';
  const declaration = { type, name: 'web_search' };
  return contextOf(
    { tools: [{ kind: 'server', type, name: 'web_search', declaration }] },
    { webSearch: 'openrouter-plugin' },
  );
}

function annotation(url: string, more: JsonObject = {}): JsonObject {
  return { type: 'url_citation', url_citation: { url, title: `Title of ${url}`, ...more } };
}

function citation(url: string, title = `Title of ${url}`, cited_text = ''): JsonObject {
  return { type: 'web_search_result_location', url, title, encrypted_index: '', cited_text };
}

function result(...pages: [url: string, title: string, age: string | null][]): unknown {
  return {
    type: 'server_tool_result',
    result_type: 'web_search_tool_result',
    tool_use_id: 'srvtoolu_claudex_new2',
    content: pages.map(([url, title, page_age]) => ({
      type: 'web_search_result',
      url,
      title,
      encrypted_content: '',
      page_age,
    })),
  };
}

const SEARCH = { type: 'server_tool_use', id: 'srvtoolu_claudex_new2', name: 'web_search', input: {} };

function losses(events: readonly CanonicalEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'loss' ? [event.loss.feature] : []));
}

describe('what a provider found in a search of its own', () => {
  it('is cited in the text and listed as the result of a search', () => {
    const events = [
      delta({ content: 'It is ' }),
      delta({ content: '', annotations: [annotation(A, { content: 'x'.repeat(200) }), annotation(B)] }),
      delta({ content: 'so.', annotations: [annotation(A)] }),
      finish('stop'),
    ];
    expect(answerOf(events, searching()).content).to.deep.equal([
      { type: 'text', text: 'It is so.', citations: [citation(A, undefined, 'x'.repeat(150)), citation(B)] },
      SEARCH,
      result([A, `Title of ${A}`, null], [B, `Title of ${B}`, null]),
    ]);
    expect(losses(decode(events, searching()))).to.deep.equal([]);
  });

  it('may stand beside the answer, with and without titles', () => {
    const chunk = {
      citations: [A, B, 7, null],
      search_results: [{ url: A, title: 'A', date: '2026-01-02', snippet: 'says so' }, {}, null],
    };
    const events = [delta({ content: 'It is [1]' }, {}, chunk), delta({ content: '.' }, {}, chunk), finish('stop')];
    expect(answerOf(events, searching()).content).to.deep.equal([
      { type: 'text', text: 'It is [1].', citations: [citation(A, 'A', 'says so'), citation(B, B)] },
      SEARCH,
      result([A, 'A', '2026-01-02'], [B, B, null]),
    ]);
  });

  it('is listed also where no text is left that could cite it', () => {
    const events = [
      delta({ content: 'so' }),
      piece({ index: 0, id: 'a', function: { name: 'Read', arguments: '{}' } }),
      delta({ annotations: [annotation(A)] }),
      finish('stop'),
    ];
    const { content, stop_reason } = answerOf(events, searching());
    expect(content.map(({ type }) => type)).to.deep.equal([
      'text',
      'tool_use',
      'server_tool_use',
      'server_tool_result',
    ]);
    expect(content[0]).not.to.have.property('citations');
    expect(stop_reason).to.equal('tool_use');
  });

  it('is read the same in a whole answer', () => {
    const message = { content: 'so', annotations: [annotation(A)] };
    const decoded = decodeResponse({ choices: [{ finish_reason: 'stop', message }] }, searching());
    if ('fault' in decoded) expect.fail();
    expect(decoded.response.content).to.deep.equal([
      { type: 'text', text: 'so', citations: [citation(A)] },
      SEARCH,
      result([A, `Title of ${A}`, null]),
    ]);
    expect(decoded.losses).to.deep.equal([]);
  });

  it('is a loss where nobody asked for it or the provider was not asked', () => {
    const events = [delta({ content: 'a', annotations: [annotation(A)] }, {}, { citations: [A] }), finish('stop')];
    for (const context of [contextOf({}, { webSearch: 'tool' }), { ...searching(), quirks: {} }]) {
      expect(losses(decode(events, context))).to.deep.equal(['citations', 'annotations']);
      expect(answerOf(events, context).content).to.deep.equal([{ type: 'text', text: 'a' }]);
    }
  });

  it('adds nothing where nothing was found, and other annotations are a loss', () => {
    const none: SseEvent[] = [delta({ content: 'a', annotations: [] }, {}, { citations: [] }), finish('stop')];
    expect(answerOf(none, searching()).content).to.deep.equal([{ type: 'text', text: 'a' }]);
    const file = { type: 'file', file: { name: 'x' } };
    const events = decode([delta({ content: 'a', annotations: [file, null, 7] }), finish('stop')], searching());
    expect(losses(events)).to.deep.equal(['annotations']);
  });
});
