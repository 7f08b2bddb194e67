import { expect } from 'chai';
import type { DecodedResponse, Fault, Json, JsonObject } from '@claudex/sdk';
import { decodeResponse } from '../src/response.ts';
import { callPart } from './support/chunks.ts';
import { keyedContext, outlineOf } from './support/decode.ts';

const answered = (parts: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  candidates: [{ content: { role: 'model', parts: [...parts] }, finishReason: 'STOP', ...more }],
  usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 2 },
  modelVersion: 'gemini-3.8-flash-001',
});

function read(body: JsonObject): DecodedResponse {
  const decoded = decodeResponse(body, keyedContext());
  return 'fault' in decoded ? expect.fail(decoded.fault.message) : decoded;
}

function faultOf(body: JsonObject): Fault {
  const decoded = decodeResponse(body, keyedContext());
  return 'fault' in decoded ? decoded.fault : expect.fail('there is an answer');
}

describe('a complete answer', () => {
  it('is read as a stream that comes at once', () => {
    const { response, losses } = read(
      answered([
        { text: 'Hm.', thought: true },
        { text: 'Let me look.' },
        callPart('Read', { path: 'a' }, { thoughtSignature: 's1' }),
        callPart('Read', { path: 'b' }),
      ]),
    );
    expect(outlineOf(response)).to.deep.equal([
      ['Hm.', { thought: {} }],
      'Let me look.',
      ['', { call: { id: 'toolu_new2', signature: 's1' } }],
      { call: 'toolu_new2' },
      { call: 'toolu_new3' },
    ]);
    expect(response).to.deep.include({
      model: 'gemini-3.8-flash-001',
      stop_reason: 'tool_use',
      raw_stop_reason: 'STOP',
      usage: { input_tokens: 9, output_tokens: 2 },
    });
    expect(losses).to.deep.equal([]);
  });

  it('keeps arguments that are no object, and says so', () => {
    const { response, losses } = read(answered([{ functionCall: { name: 'Read', args: [1] } }]));
    expect(response.content[0]).to.deep.include({ input: { unparsed_arguments: '[1]' } });
    expect(losses.map(({ feature }) => feature)).to.deep.equal(['tool_arguments']);
    expect(read(answered([{ functionCall: { name: 'Read', args: '{"a":1}' } }])).response.content[0]).to.deep.include({
      input: { a: 1 },
    });
  });

  it('is a refusal where the prompt was blocked', () => {
    expect(read({ promptFeedback: { blockReason: 'SAFETY' } }).response).to.deep.include({
      content: [],
      stop_reason: 'refusal',
    });
  });

  it('is a failure where it holds an error, no answer, or a call that is none', () => {
    const error = { code: 429, message: 'Slow down.', status: 'RESOURCE_EXHAUSTED' };
    expect(faultOf({ error })).to.include({ kind: 'rate-limit', message: 'Slow down.' });
    expect(faultOf({ message: 'No such page.' }).message).to.equal('No such page.');
    for (const body of [
      {},
      { candidates: [] },
      { candidates: [{ content: { parts: [{ text: 'Half' }] } }] },
      { choices: [] },
    ])
      expect(faultOf(body)).to.include({ kind: 'protocol', retryable: true });
    expect(faultOf(answered([], { finishReason: 'MALFORMED_FUNCTION_CALL' }))).to.include({
      kind: 'server',
      retryable: true,
    });
  });

  it('is a failure where it is nested too deep to be read', () => {
    let deep: Json = {};
    for (let level = 0; level < 5000; level += 1) deep = { deep };
    expect(faultOf(answered([callPart('Read', { deep })])).kind).to.equal('protocol');
  });
});
