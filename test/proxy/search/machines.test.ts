import { expect } from 'chai';
import fc from 'fast-check';
import type { CanonicalEvent, ContentBlock, Message, StopReason } from '@claudex/sdk';
import { eventsOfResponse, searchFailure } from '@claudex/sdk/codec';
import { checkGrammar, runMachine } from '@claudex/sdk/testing';
import { startRecord } from '../../../src/proxy/exchange.ts';
import { JoinedAnswer } from '../../../src/proxy/search/joined-answer.ts';
import { openingMachine } from '../../../src/proxy/search/opening-codec.ts';
import { restoreSearches } from '../../../src/proxy/search/restore-searches.ts';
import { foundBlock } from '../../../src/proxy/search/result-blocks.ts';
import { callIdOf, searchIdOf } from '../../../src/proxy/search/search-ids.ts';

const TEXT: ContentBlock = { type: 'text', text: 'Well.' };
const callOf = (id: string, name = 'web_search'): ContentBlock => ({
  type: 'tool_use',
  id,
  name,
  input: { query: 'cup' },
});

/** The events of an answer with these blocks. */
function eventsFor(content: readonly ContentBlock[], stopReason: StopReason = 'end_turn'): CanonicalEvent[] {
  const usage = { input_tokens: 10, output_tokens: 1 };
  return eventsOfResponse({ id: 'msg_1', model: 'm', content, stop_reason: stopReason, usage });
}

/** Joins rounds and answers every search with nothing. */
function join(rounds: readonly (readonly ContentBlock[])[]): CanonicalEvent[] {
  const written: CanonicalEvent[] = [];
  const sink = { write: (event: CanonicalEvent) => void written.push(event), release: () => undefined };
  const answer = new JoinedAnswer(['web_search'], sink, startRecord());
  for (const content of rounds) {
    for (const event of eventsFor(content, 'tool_use')) answer.take(event);
    if (answer.complete) return written;
    for (const { id } of answer.endRound().calls) answer.addResult(foundBlock(id, []));
  }
  answer.finish('pause_turn');
  return written;
}

describe('the joined answer of several rounds', () => {
  const kind = fc.constantFrom('text', 'web_search', 'Read');
  const blockOf = (name: string, id: string): ContentBlock => (name === 'text' ? TEXT : callOf(id, name));

  it('keeps the grammar, whatever the rounds hold', () => {
    fc.assert(
      fc.property(fc.array(fc.array(kind, { maxLength: 4 }), { minLength: 1, maxLength: 4 }), (rounds) => {
        const contents = rounds.map((round, n) => round.map((name, position) => blockOf(name, `c${n}_${position}`)));
        expect(checkGrammar(join(contents))).to.deep.equal([]);
      }),
    );
  });

  it('writes a call of a search only when its arguments are whole', () => {
    const written: CanonicalEvent[] = [];
    const sink = { write: (event: CanonicalEvent) => void written.push(event), release: () => undefined };
    const answer = new JoinedAnswer(['web_search'], sink, startRecord());
    const events = eventsFor([callOf('c')]);
    for (const event of events.slice(0, 3)) answer.take(event);
    expect(written).to.deep.equal([]);
    answer.take(events[3] ?? expect.fail());
    expect(written.map(({ type }) => type)).to.deep.equal([
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
    ]);
  });
});

describe('a notice at the beginning of an answer', () => {
  it('keeps the grammar and everything that follows', () => {
    const [call, result] = [
      { type: 'server_tool_use', id: 'srvtoolu_claudex_1', name: 'web_search', input: { query: 'x' } } as const,
      foundBlock('srvtoolu_claudex_1', []),
    ];
    const events = eventsFor([TEXT, callOf('c', 'Read')], 'tool_use');
    const opened = runMachine(openingMachine([call, result]), events);
    expect(checkGrammar(opened)).to.deep.equal([]);
    const starts = opened.flatMap((event) => (event.type === 'content_block_start' ? [event] : []));
    expect(starts.map(({ index, content_block: block }) => [index, block.type])).to.deep.equal([
      [0, 'server_tool_use'],
      [1, 'server_tool_result'],
      [2, 'text'],
      [3, 'tool_use'],
    ]);
  });
});

describe('the id of a search', () => {
  it('holds the id of the call, except where that is too long', () => {
    expect(callIdOf(searchIdOf('call_1'))).to.equal('call_1');
    const long = searchIdOf('c'.repeat(64));
    expect(long).to.match(/^srvtoolu_claudex_[a-zA-Z0-9]{24}$/);
    expect(callIdOf('srvtoolu_01abc')).to.equal(undefined);
    expect(callIdOf('srvtoolu_claudex_')).to.equal(undefined);
  });
});

describe('searches of earlier turns', () => {
  const page = { url: 'https://a.example/', title: 'A', text: 'Grün 😀.' };
  const search = (id: string): [ContentBlock, ContentBlock] => [
    { type: 'server_tool_use', id, name: 'web_search', input: { query: 'x' } },
    foundBlock(id, [page]),
  ];
  const answer = (...content: ContentBlock[]): Message[] => [{ role: 'assistant', content }];
  const shape = (messages: readonly Message[]): unknown[] =>
    restoreSearches(messages, ['web_search']).map(({ role, content }) => [role, content.map(({ type }) => type)]);

  it('become as many turns as there were rounds', () => {
    const messages = answer(TEXT, ...search('srvtoolu_claudex_1'), TEXT, ...search('srvtoolu_claudex_2'), TEXT);
    expect(shape(messages)).to.deep.equal([
      ['assistant', ['text', 'tool_use']],
      ['user', ['tool_result']],
      ['assistant', ['text', 'tool_use']],
      ['user', ['tool_result']],
      ['assistant', ['text']],
    ]);
  });

  it('say what the model had read', () => {
    const [, result] = restoreSearches(answer(...search('srvtoolu_claudex_1')), ['web_search']);
    expect(result?.content[0]).to.deep.equal({
      type: 'tool_result',
      tool_use_id: '1',
      content: [{ type: 'text', text: '1. A\nhttps://a.example/\nGrün 😀.' }],
    });
  });

  it('say what had failed, also in a word that nobody knows', () => {
    const id = 'srvtoolu_claudex_1';
    const [call] = search(id);
    for (const code of ['unavailable', 'constructor']) {
      const [, result] = restoreSearches(answer(call, searchFailure(id, 'web_search', code)), ['web_search']);
      const [block] = result?.content ?? [];
      if (block?.type !== 'tool_result') expect.fail();
      expect(block.is_error).to.equal(true);
      expect(block.content[0])
        .to.have.property('text')
        .that.matches(/^This failed/);
    }
  });

  it('stay as they are where they are not ours, not offered or not whole', () => {
    const [call, result] = search('srvtoolu_claudex_1');
    for (const messages of [answer(...search('srvtoolu_01abc')), answer(call, TEXT), answer(result, TEXT), []])
      expect(restoreSearches(messages, ['web_search'])).to.deep.equal(messages);
    expect(restoreSearches(answer(call, result), ['web_fetch'])).to.deep.equal(answer(call, result));
  });
});
