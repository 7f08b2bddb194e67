import { expect } from 'chai';
import type { ContentBlock, JsonObject } from '@claudex/sdk';
import answerProtocols, { anthropicMessages } from '../src/index.ts';
import { clientCodec, contextOf } from './support/context.ts';

const answer: JsonObject = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-test',
  content: [{ type: 'text', text: 'Hi' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  container: { id: 'c' },
  usage: { input_tokens: 1, output_tokens: 2, server_tool_use: { web_search_requests: 1 } },
};

function decode(body: JsonObject) {
  const decoded = anthropicMessages.decodeResponse(body, contextOf());
  if ('fault' in decoded) throw new Error(decoded.fault.message);
  return decoded.response;
}

function faultOf(body: JsonObject) {
  const decoded = anthropicMessages.decodeResponse(body, contextOf());
  if ('response' in decoded) throw new Error('was taken for an answer');
  return decoded.fault;
}

describe('answers of Anthropic Messages', () => {
  it('come back as they went', () => {
    expect(clientCodec().encodeResponse(decode(answer))).to.deep.equal(answer);
  });

  it('get an id, a model and a usage where an imitating provider leaves them out', () => {
    expect(decode({ content: [] })).to.deep.equal({
      id: 'msg_new1',
      model: 'upstream-model',
      content: [],
      stop_reason: null,
      usage: { input_tokens: 0, output_tokens: 0 },
    });
  });

  it('are faults when they are errors, no messages, or malformed', () => {
    expect(faultOf({ type: 'error', error: { type: 'overloaded_error', message: 'm' } })).to.include({
      kind: 'overloaded',
    });
    expect(faultOf({ error: { message: 'm' } })).to.include({ kind: 'server', message: 'm' });
    expect(faultOf({ choices: [] })).to.include({ kind: 'protocol' });
    expect(faultOf({ content: [{ type: 'text' }] }).message).to.include('content[0].text');
  });

  it('leave out opaque blocks of other protocols on the way to the client', () => {
    const response = decode(answer);
    const foreign: ContentBlock = { type: 'opaque', protocol: 'other', value: { type: 'x' } };
    const mixed = { ...response, content: [foreign, ...response.content] };
    expect(clientCodec().encodeResponse(mixed)).to.deep.equal(answer);
  });
});

describe('the descriptor of Anthropic Messages', () => {
  it('is what the hook answers', () => {
    expect(answerProtocols({ specVersion: 1 })).to.deep.equal([anthropicMessages]);
  });

  it('knows its paths, its credential header and its version', () => {
    expect(anthropicMessages.endpoint('messages')).to.equal('/v1/messages');
    expect(anthropicMessages.endpoint('count-tokens')).to.equal('/v1/messages/count_tokens');
    expect(anthropicMessages.endpoint('models')).to.equal('/v1/models');
    expect(anthropicMessages.authenticate('secret')).to.deep.equal({ 'x-api-key': 'secret' });
    expect(anthropicMessages.headers).to.deep.equal({ 'anthropic-version': '2023-06-01' });
  });

  it('reads a list of models', () => {
    expect(anthropicMessages.decodeModels?.({ data: [{ id: 'a' }, { id: 5 }, null, { id: 'b' }] })).to.deep.equal([
      'a',
      'b',
    ]);
    expect(anthropicMessages.decodeModels?.({})).to.deep.equal([]);
  });
});
