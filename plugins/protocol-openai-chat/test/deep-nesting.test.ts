import { expect } from 'chai';
import type { Json, JsonObject } from '@claudex/sdk';
import { assistant, call, contextOf, requestOf, result, user } from '@claudex/sdk/testing';
import { encodeRequest } from '../src/request.ts';
import { decodeResponse } from '../src/response.ts';
import { decode } from './support/decode.ts';
import { keyedContext } from './support/states.ts';

/** JSON text of objects inside each other. */
function nested(levels: number): string {
  return `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
}

const LEVELS = [5000, 100_000];

/** Answers with something deep in one place. */
function answers(deep: string): string[] {
  return [
    `{"content":"x","tool_calls":[{"index":0,"id":"a","function":{"name":"Read","arguments":${deep}}}]}`,
    `{"tool_calls":[{"index":0,"id":"a","extra_content":${deep},"function":{"name":"Read","arguments":"{}"}}]}`,
    `{"content":"x","reasoning_details":[{"type":"reasoning.encrypted","data":"x","z":${deep}}]}`,
  ];
}

describe('values that are nested too deep', () => {
  it('are a fault in a stream', () => {
    for (const answer of LEVELS.flatMap((levels) => answers(nested(levels)))) {
      const events = decode([{ data: `{"choices":[{"delta":${answer},"finish_reason":"stop"}]}` }], keyedContext());
      expect(events.map(({ type }) => type)).to.deep.equal(['error']);
    }
  });

  it('are a fault in a whole answer', () => {
    for (const answer of LEVELS.flatMap((levels) => answers(nested(levels)))) {
      const body = JSON.parse(`{"choices":[{"message":${answer},"finish_reason":"stop"}]}`) as JsonObject;
      expect(decodeResponse(body, keyedContext())).to.have.property('fault');
    }
  });

  it('stay text where they are the arguments of a call', () => {
    const deep = nested(5000);
    const tool_calls = [{ id: 'a', function: { name: 'Read', arguments: deep } }];
    const decoded = decodeResponse({ choices: [{ message: { tool_calls } }] }, contextOf());
    if ('fault' in decoded) expect.fail();
    expect(decoded.response.content[0]).to.deep.include({ input: { unparsed_arguments: deep } });
  });

  it('are cut out of a request, with a loss', () => {
    const deep = JSON.parse(nested(5000)) as JsonObject;
    const requests = [
      requestOf({ messages: [user('a'), assistant(call('a', 'Read', deep)), user(result('a', 'x'))] }),
      requestOf({ output_config: { format: { type: 'json_schema', schema: deep } } }),
    ];
    for (const request of requests) {
      for (const quirks of [{}, { responseFormat: 'none' } as const]) {
        const { body, losses } = encodeRequest({ ...contextOf(), quirks, request });
        expect(JSON.stringify(body)).to.be.a('string').and.include('a');
        expect(losses.map(({ feature }) => feature)).to.include('nesting');
      }
    }
  });

  it('are passed on where they are just not too deep', () => {
    const deep = JSON.parse(nested(400)) as Json;
    const tool_calls = [{ id: 'a', function: { name: 'Read', arguments: deep } }];
    const decoded = decodeResponse({ choices: [{ message: { tool_calls } }] }, contextOf());
    if ('fault' in decoded) expect.fail();
    expect(decoded.response.content[0]).to.deep.include({ input: deep });
  });
});
