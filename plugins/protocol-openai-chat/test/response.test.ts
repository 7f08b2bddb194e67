import { expect } from 'chai';
import type { CodecContext, Fault, Json, JsonObject } from '@claudex/sdk';
import fc from 'fast-check';
import { decodeResponse } from '../src/response.ts';
import { toolNames } from '@claudex/sdk/codec';
import { assistant, call, contextOf, tool } from '@claudex/sdk/testing';
import { keyedContext, outlineOf } from './support/states.ts';

function completion(message: JsonObject, choice: JsonObject = {}, body: JsonObject = {}): JsonObject {
  return { id: 'c1', model: 'reported', choices: [{ index: 0, finish_reason: 'stop', message, ...choice }], ...body };
}

function decode(body: JsonObject, context: CodecContext = contextOf()) {
  const decoded = decodeResponse(body, context);
  if ('fault' in decoded) return expect.fail(decoded.fault.message);
  return { ...decoded.response, losses: decoded.losses };
}

function faultOf(body: JsonObject): Fault {
  const decoded = decodeResponse(body, contextOf());
  return 'fault' in decoded ? decoded.fault : expect.fail('no fault');
}

describe('decoding a complete answer', () => {
  it('reads text, reasoning, calls, usage and the end', () => {
    const decoded = decodeResponse(
      completion(
        {
          content: 'text',
          reasoning_content: 'why',
          tool_calls: [{ id: 'a', type: 'function', function: { name: 'Read', arguments: '{"p":1}' } }],
        },
        { finish_reason: 'tool_calls' },
        { usage: { prompt_tokens: 9, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 4 } } },
      ),
      contextOf(),
    );
    expect(decoded).to.deep.equal({
      response: {
        id: 'msg_new1',
        model: 'reported',
        content: [
          { type: 'thinking', thinking: 'why', signature: '' },
          { type: 'text', text: 'text' },
          { type: 'tool_use', id: 'a', name: 'Read', input: { p: 1 } },
        ],
        stop_reason: 'tool_use',
        stop_sequence: null,
        raw_stop_reason: 'tool_calls',
        usage: { input_tokens: 5, output_tokens: 3, cache_read_input_tokens: 4 },
      },
      losses: [],
    });
  });

  it('names the model that was asked for where the provider names none', () => {
    expect(decode({ ...completion({ content: 'a' }), model: null }).model).to.equal('upstream-model');
  });

  it('shows a refusal as text', () => {
    const { content, stop_reason } = decode(completion({ content: null, refusal: 'No.' }));
    expect(content).to.deep.equal([{ type: 'text', text: 'No.' }]);
    expect(stop_reason).to.equal('refusal');
  });

  it('reads content arrays', () => {
    const content = [
      { type: 'thinking', thinking: [{ type: 'text', text: 'why' }] },
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ];
    expect(decode(completion({ content })).content).to.deep.equal([
      { type: 'thinking', thinking: 'why', signature: '' },
      { type: 'text', text: 'ab' },
    ]);
  });

  it('reads calls of every spelling', () => {
    const inputOf = (value: unknown): unknown => {
      const { content } = decode(
        completion({ tool_calls: [{ id: 'a', function: { name: 'Read', arguments: value as string } }] }),
      );
      return content[0]?.type === 'tool_use' ? content[0].input : content;
    };
    for (const none of [undefined, null, '', ' ', '{}', {}]) expect(inputOf(none)).to.deep.equal({});
    expect(inputOf({ a: 1 })).to.deep.equal({ a: 1 });
    expect(inputOf('"{\\"a\\":1}"')).to.deep.equal({ a: 1 });
    const legacy = decode(
      completion({ function_call: { name: 'Read', arguments: '{"a":1}' } }, { finish_reason: 'function_call' }),
    );
    expect(legacy.content).to.deep.equal([{ type: 'tool_use', id: 'toolu_new2', name: 'Read', input: { a: 1 } }]);
  });

  it('keeps arguments that are no JSON object under a key no tool has', () => {
    for (const raw of ['{"a": oops', '[1]', '7']) {
      const { content, losses } = decode(
        completion({ tool_calls: [{ id: 'a', function: { name: 'Read', arguments: raw } }] }),
      );
      expect(content[0]).to.deep.include({ input: { unparsed_arguments: raw } });
      expect(losses).to.have.lengthOf(1);
      expect(losses[0]).to.include({ kind: 'degraded', path: 'content[0].input', feature: 'tool_arguments' });
      expect(losses[0]?.reason).not.to.include(raw);
    }
  });

  it('restores names, and keeps ids legal and unique', () => {
    const context = contextOf({ tools: [tool('a.b')], messages: [assistant(call('0'))] });
    const name = toolNames(context.request).toWire('a.b');
    const tool_calls = ['0', '0', '', 'x:1'].map((id) => ({ id, function: { name, arguments: '{}' } }));
    const { content } = decode(completion({ tool_calls }), context);
    expect(content.map((block) => (block.type === 'tool_use' ? [block.id, block.name] : []))).to.deep.equal([
      ['0_2', 'a.b'],
      ['0_3', 'a.b'],
      ['toolu_new2', 'a.b'],
      ['x_1', 'a.b'],
    ]);
  });

  it('seals what the provider wants back', () => {
    const entry = { type: 'reasoning.text', index: 0 };
    const extra_content = { google: { thought_signature: 'sig' } };
    const message = {
      reasoning: 'whyhow',
      reasoning_details: [
        { ...entry, text: 'why', signature: 'a' },
        { ...entry, text: 'how', signature: 'b' },
      ],
      content: 'so',
      tool_calls: [{ id: 'a', function: { name: 'Read', arguments: '{}' }, extra_content }],
    };
    const details = [
      { ...entry, signature: 'a' },
      { ...entry, signature: 'b' },
    ];
    expect(outlineOf(decode(completion(message), keyedContext()))).to.deep.equal([
      ['whyhow', { field: 'reasoning_details', details, lengths: [3, 3] }],
      'so',
      ['', { field: 'extra_content', call: 'a', value: extra_content }],
      { id: 'a' },
    ]);
    expect(decode(completion(message)).losses.map(({ feature }) => feature)).to.deep.equal(['reasoning_state']);
  });

  it('takes null for no arguments, and keeps those as text that are nested too deep', () => {
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const inputOf = (json: string) =>
      decode(completion({ tool_calls: [{ id: 'a', function: { name: 'Read', arguments: json } }] }));
    for (const json of ['null', ' null ']) {
      expect(inputOf(json).content[0]).to.deep.include({ input: {} });
      expect(inputOf(json).losses).to.deep.equal([]);
    }
    const { content, losses } = inputOf(deep);
    expect(content[0]).to.deep.include({ input: { unparsed_arguments: deep } });
    expect(losses.map(({ kind, feature }) => [kind, feature])).to.deep.equal([['degraded', 'tool_arguments']]);
  });

  it('joins an answer that Copilot split, and only such a one', () => {
    const tool_calls = [{ id: 'a', function: { name: 'Read', arguments: '{}' } }];
    const split = (index: object, finish_reason = 'tool_calls'): JsonObject => ({
      choices: [
        { finish_reason, index: 0, message: { content: 'text' } },
        { finish_reason, ...index, message: { tool_calls } },
      ],
    });
    for (const body of [split({}), split({ index: 0 }), split({ index: 1 })]) {
      expect(decode(body).content.map(({ type }) => type)).to.deep.equal(['text', 'tool_use']);
    }
    const { content, losses } = decode(split({ index: 1 }, 'stop'));
    expect(content.map(({ type }) => type)).to.deep.equal(['text']);
    expect(losses.map(({ feature }) => feature)).to.deep.equal(['choices']);
  });

  it('reports what cannot be shown', () => {
    const { losses } = decode(
      completion({ content: 'a', annotations: [{}], audio: { id: 'x' } }, {}, { citations: ['u'] }),
    );
    expect(losses.map(({ feature }) => feature)).to.deep.equal(['citations', 'audio', 'annotations']);
  });

  it('estimates the usage where there is none', () => {
    const { usage } = decode(completion({ content: 'x'.repeat(400) }));
    expect(usage.input_tokens).to.equal(100);
    expect(usage.output_tokens).to.be.within(100, 120);
  });

  it('is a refusal where a filter took the message away', () => {
    const { content, stop_reason } = decode({ choices: [{ index: 0, finish_reason: 'content_filter' }] });
    expect(content).to.deep.equal([]);
    expect(stop_reason).to.equal('refusal');
  });
});

describe('failures under a success status', () => {
  it('are found wherever they are', () => {
    expect(faultOf({ error: { code: 502, message: 'gone' } })).to.include({
      kind: 'server',
      status: 502,
      message: 'gone',
      retryable: true,
    });
    expect(faultOf({ error: 'gone' })).to.include({ kind: 'server', message: 'gone' });
    expect(faultOf({ base_resp: { status_code: 1008, status_msg: 'insufficient balance' } })).to.include({
      kind: 'billing',
      retryable: false,
    });
    expect(faultOf({ code: '1305', msg: 'busy', success: false })).to.include({ kind: 'rate-limit', code: '1305' });
    expect(faultOf(completion({ content: 'half' }, { finish_reason: 'error' }))).to.include({ kind: 'server' });
    expect(faultOf(completion({ content: '' }, { error: { code: 502, message: 'malformed' } }))).to.include({
      message: 'malformed',
    });
  });

  it('include an answer that says nothing and does not even finish', () => {
    for (const body of [
      {},
      { choices: [] },
      { choices: [null] },
      { choices: null },
      completion({ content: '' }, { finish_reason: null }),
    ]) {
      expect(faultOf(body)).to.include({ kind: 'protocol', retryable: true });
    }
  });

  it('never throw, whatever the body is', () => {
    const json = fc.json().map((text) => JSON.parse(text) as Json);
    fc.assert(
      fc.property(json, json, (one, other) => {
        const bodies: JsonObject[] = [
          { choices: one, usage: other },
          { choices: [{ message: one }] },
          { choices: [{ message: { content: one, tool_calls: [other] } }] },
        ];
        for (const body of bodies) expect(decodeResponse(body, contextOf())).to.be.an('object');
      }),
    );
  });
});
