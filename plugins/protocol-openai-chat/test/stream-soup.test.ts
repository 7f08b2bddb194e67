import { expect } from 'chai';
import fc from 'fast-check';
import type { CodecContext, JsonObject, Quirks } from '@claudex/sdk';
import { isEmptyInput, openState, stateKey } from '@claudex/sdk/codec';
import { checkGrammar, contextOf, runMachine, tool } from '@claudex/sdk/testing';
import { decodeResponse } from '../src/response.ts';
import { decodeStream } from '../src/stream.ts';
import { bodies, quirks, streams } from './support/arbitraries.ts';
import { finish, piece } from './support/chunks.ts';

const SEARCH = 'web_search_20250305';

function contextFor(quirks: Quirks, hasOrigin: boolean): CodecContext {
  const search = { kind: 'server', type: SEARCH, name: 'web_search', declaration: {} } as const;
  const context = contextOf({ tools: [tool('Read'), search] }, quirks);
  return hasOrigin ? { ...context, origin: 'somewhere' } : context;
}

describe('streams and answers of any kind', () => {
  it('never break the grammar, and every state in them can be opened again', () => {
    fc.assert(
      fc.property(streams, quirks, fc.boolean(), (events, quirks, hasOrigin) => {
        const context = contextFor(quirks, hasOrigin);
        const decoded = runMachine(decodeStream(context), events);
        expect(checkGrammar(decoded)).to.deep.equal([]);
        for (const event of decoded) {
          if (event.type !== 'content_block_delta' || event.delta.type !== 'signature_delta') continue;
          expect(openState(stateKey('openai-chat', context), event.delta.signature)).to.have.property('state');
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('never throw where they come whole, and blocks are complete', () => {
    fc.assert(
      fc.property(bodies, quirks, fc.boolean(), (body, quirks, hasOrigin) => {
        const copy = JSON.parse(JSON.stringify(body)) as JsonObject;
        const decoded = decodeResponse(copy, contextFor(quirks, hasOrigin));
        if ('fault' in decoded) return;
        const { content } = decoded.response;
        for (const block of content) {
          if (block.type === 'tool_use') expect(block.input).to.be.an('object');
          if (block.type === 'thinking') expect(block.signature !== '').to.equal(hasOrigin);
        }
        const ids = content.flatMap((block) => (block.type === 'tool_use' ? [block.id] : []));
        expect(new Set(ids).size).to.equal(ids.length);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('arguments of calls in a stream', () => {
  const fragment = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom('nu', 'll', 'null', ' '));
  const calls = fc.array(fc.array(fragment, { maxLength: 5 }), { minLength: 1, maxLength: 4 });

  it('arrive exactly as the provider wrote them, JSON or not, where they say anything', () => {
    fc.assert(
      fc.property(calls, fc.nat(), (fragments, order) => {
        const openings = fragments.map((_, index) =>
          piece({ index, id: `call_${index}`, function: { name: `tool_${index}`, arguments: '' } }),
        );
        const pieces = fragments.flatMap((parts, index) =>
          parts.map((part, turn) => ({ place: turn * (1 + (order % 3)) + index, index, part })),
        );
        const events = pieces
          .toSorted((one, other) => one.place - other.place)
          .map(({ index, part }) => piece({ index, function: { arguments: part } }));
        const received = new Map<number, string>();
        const names = new Map<number, string>();
        for (const event of runMachine(decodeStream(contextOf()), [...openings, ...events, finish('tool_calls')])) {
          if (event.type === 'content_block_start' && event.content_block.type === 'tool_use')
            names.set(event.index, event.content_block.name);
          if (event.type === 'content_block_delta' && event.delta.type === 'input_json_delta')
            received.set(event.index, (received.get(event.index) ?? '') + event.delta.partial_json);
        }
        expect([...names.values()]).to.have.members(fragments.map((_, index) => `tool_${index}`));
        for (const [index, name] of names) {
          const sent = fragments[Number(name.slice(5))]?.join('') ?? '';
          expect(received.get(index) ?? '', name).to.equal(isEmptyInput(sent) ? '' : sent);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
