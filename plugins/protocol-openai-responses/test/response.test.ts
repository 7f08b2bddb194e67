import { expect } from 'chai';
import type { CanonicalResponse, Fault, JsonObject } from '@claudex/sdk';
import { decodeResponse } from '../src/response.ts';
import { knownContext, stateOf } from './support/decode.ts';
import { USAGE } from './support/events.ts';

function body(output: object[], fields: object = {}): JsonObject {
  const answer = { id: 'resp_1', object: 'response', model: 'reported', status: 'completed', error: null, output };
  return { ...answer, usage: USAGE, ...fields } as unknown as JsonObject;
}

function read(answer: JsonObject): CanonicalResponse {
  const decoded = decodeResponse(answer, knownContext());
  return 'fault' in decoded ? expect.fail(decoded.fault.message) : decoded.response;
}

function faultOf(answer: JsonObject): Fault {
  const decoded = decodeResponse(answer, knownContext());
  return 'fault' in decoded ? decoded.fault : expect.fail('the answer was read');
}

const TEXT = { type: 'message', content: [{ type: 'output_text', text: 'hi' }] };
const CALL = { type: 'function_call', call_id: 'c', name: 'Read' };

describe('decoding a whole answer', () => {
  it('reads reasoning, text and calls in order', () => {
    const thought = { type: 'reasoning', summary: [{ text: 'one' }, { text: 'two' }], encrypted_content: 'x' };
    const { content, ...rest } = read(body([thought, TEXT, { ...CALL, arguments: '{"a":1}' }]));
    expect(content.slice(1)).to.deep.equal([
      { type: 'text', text: 'hi' },
      { type: 'tool_use', id: 'c', name: 'Read', input: { a: 1 } },
    ]);
    expect(content[0]).to.include({ thinking: 'one\n\ntwo' });
    expect(stateOf(content[0])).to.deep.equal({ item: 'reasoning', encrypted: 'x', parts: [3, 3], raw: [] });
    expect(rest).to.deep.equal({
      id: 'msg_new1',
      model: 'reported',
      stop_reason: 'tool_use',
      stop_sequence: null,
      raw_stop_reason: 'completed',
      usage: { input_tokens: 2, output_tokens: 5, cache_read_input_tokens: 8 },
    });
  });

  it('shows refusals, citations and tools of the provider', () => {
    const refusal = { type: 'message', content: [{ type: 'refusal', refusal: 'no' }] };
    expect(read(body([refusal]))).to.deep.include({ stop_reason: 'refusal', content: [{ type: 'text', text: 'no' }] });
    const annotations = [
      { type: 'file_citation', file_id: 'f' },
      { type: 'file_citation', file_id: 'g' },
    ];
    const cited = { type: 'message', content: [{ type: 'output_text', text: 'hi', annotations }] };
    expect(read(body([cited])).content).to.deep.equal([{ type: 'text', text: 'hi', citations: annotations }]);
    const search = { type: 'web_search_call', id: 'ws', action: { type: 'search', query: 'q' } };
    expect(read(body([search])).content.map(({ type }) => type)).to.deep.equal([
      'server_tool_use',
      'server_tool_result',
    ]);
  });

  it('tells why it is incomplete', () => {
    const details = { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } };
    expect(read(body([TEXT], details))).to.include({ stop_reason: 'max_tokens', raw_stop_reason: 'max_output_tokens' });
  });

  it('takes an answer that says something although its status does not say that it is over', () => {
    for (const status of ['in_progress', 'complete', null])
      expect(read(body([TEXT], { status })).stop_reason).to.equal('end_turn');
  });

  it('takes an empty answer for one that is complete', () => {
    expect(read(body([]))).to.deep.include({ content: [], stop_reason: 'end_turn' });
  });

  it('keeps arguments that are no JSON object visible', () => {
    const decoded = decodeResponse(body([{ ...CALL, arguments: '{bad' }]), knownContext());
    expect('response' in decoded && decoded.response.content).to.deep.equal([
      { type: 'tool_use', id: 'c', name: 'Read', input: { unparsed_arguments: '{bad' } },
    ]);
    expect('losses' in decoded && decoded.losses.map(({ path, feature }) => [path, feature])).to.deep.equal([
      ['content[0].input', 'tool_arguments'],
    ]);
    const inputOf = (json: unknown): unknown => {
      const [block] = read(body([{ ...CALL, arguments: json }])).content;
      return block?.type === 'tool_use' ? block.input : undefined;
    };
    expect(inputOf('"{\\"a\\":1}"')).to.deep.equal({ a: 1 });
    expect(inputOf('[1]')).to.deep.equal({ unparsed_arguments: '[1]' });
    expect(inputOf('')).to.deep.equal({});
    expect(inputOf({ a: 1 })).to.deep.equal({ a: 1 });
  });

  it('is a failure where the answer failed or is an error', () => {
    const error = { code: 'server_error', message: 'oops' };
    expect(faultOf(body([TEXT], { status: 'failed', error }))).to.include({ kind: 'server', message: 'oops' });
    expect(faultOf(body([], { status: 'failed' })).kind).to.equal('server');
    expect(faultOf(body([], { status: 'cancelled' })).kind).to.equal('protocol');
    expect(faultOf({ error })).to.include({ message: 'oops' });
    expect(faultOf({ detail: 'oops' })).to.include({ message: 'oops' });
  });

  it('is a failure where there is no answer, or one of another protocol', () => {
    for (const status of ['queued', 'in_progress'])
      expect(faultOf(body([], { status }))).to.include({ kind: 'protocol', retryable: true });
    expect(faultOf({})).to.include({ message: 'The provider sent no answer.' });
    const chat = { object: 'chat.completion', choices: [{ message: { content: 'hi' } }] };
    expect(faultOf(chat).message).to.match(/Chat Completions/);
  });
});
