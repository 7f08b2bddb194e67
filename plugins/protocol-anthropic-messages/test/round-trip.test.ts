import { expect } from 'chai';
import * as fc from 'fast-check';
import { assembleMessage, checkGrammar, runMachine } from '@claudex/sdk/testing';
import { anthropicMessages } from '../src/index.ts';
import { canonicalRequest, canonicalStream } from './support/arbitraries.ts';
import { clientCodec, contextOf } from './support/context.ts';

describe('a round trip through Anthropic Messages', () => {
  it('changes no stream', () => {
    fc.assert(
      fc.property(canonicalStream, (events) => {
        expect(checkGrammar(events)).to.deep.equal([]);
        const written = runMachine(clientCodec().encodeStream(), events);
        expect(runMachine(anthropicMessages.decodeStream(contextOf()), written)).to.deep.equal(events);
      }),
    );
  });

  it('changes no stream that fails, wherever it fails', () => {
    const fault = { kind: 'overloaded', message: 'Busy.', retryable: true, code: 'overloaded_error' } as const;
    fc.assert(
      fc.property(canonicalStream, fc.nat(), (events, place) => {
        const failed = [...events.slice(0, place % events.length), { type: 'error', fault } as const];
        const written = runMachine(clientCodec().encodeStream(), failed);
        expect(runMachine(anthropicMessages.decodeStream(contextOf()), written)).to.deep.equal(failed);
      }),
    );
  });

  it('changes no answer', () => {
    fc.assert(
      fc.property(canonicalStream, (events) => {
        const response = assembleMessage(events);
        const written = clientCodec().encodeResponse(response);
        expect(anthropicMessages.decodeResponse(written, contextOf())).to.deep.equal({ response, losses: [] });
      }),
    );
  });

  it('changes no request and loses nothing of it', () => {
    fc.assert(
      fc.property(canonicalRequest, (request) => {
        const { body, losses } = anthropicMessages.encodeRequest(contextOf({ request, model: request.model }));
        expect(losses).to.deep.equal([]);
        expect(clientCodec().decodeRequest(body, request.client)).to.deep.equal(request);
      }),
    );
  });

  it('keeps the grammar whatever JSON an upstream sends', () => {
    const types = [
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
      'error',
      'ping',
      'x',
    ];
    const wire = fc.record(
      {
        type: fc.constantFrom(...types),
        message: fc.jsonValue({ maxDepth: 1 }),
        content_block: fc.oneof(
          fc.constantFrom(
            { type: 'text', text: 'a' },
            { type: 'tool_use', id: 'a', name: 'b', input: { c: 1 } },
            { type: 'thinking' },
            { type: 'odd' },
          ),
          fc.jsonValue({ maxDepth: 1 }),
        ),
        delta: fc.oneof(
          fc.constantFrom(
            { type: 'text_delta', text: 'a' },
            { type: 'input_json_delta', partial_json: '{' },
            { stop_reason: 'end_turn' },
          ),
          fc.jsonValue({ maxDepth: 1 }),
        ),
        usage: fc.jsonValue({ maxDepth: 1 }),
      },
      { requiredKeys: ['type'] },
    );
    const start = { type: 'message_start', message: {} };
    fc.assert(
      fc.property(fc.array(wire, { maxLength: 12 }), fc.boolean(), (events, started) => {
        const input = (started ? [start, ...events] : events).map((event) => ({ data: JSON.stringify(event) }));
        const output = runMachine(anthropicMessages.decodeStream(contextOf()), input);
        expect(checkGrammar(output).filter((violation) => !violation.includes('used twice'))).to.deep.equal([]);
      }),
      { numRuns: 500 },
    );
  });
});
