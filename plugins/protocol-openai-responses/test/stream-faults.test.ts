import { expect } from 'chai';
import { answerOf, decode, faultOf } from './support/decode.ts';
import { added, completed, CREATED, delta, done, event, functionCall, message, USAGE } from './support/events.ts';

const HI = delta('output_text', 0, 'hi', { content_index: 0 });
const OVERFLOW = { code: 'context_length_exceeded', message: "This model's maximum context length is 100 tokens." };

function incomplete(reason: string | undefined, events = [HI]): ReturnType<typeof answerOf> {
  const response = { status: 'incomplete', incomplete_details: reason && { reason }, output: [], usage: USAGE };
  return answerOf([CREATED, ...events, event('response.incomplete', { response })]);
}

describe('the end of a stream', () => {
  it('tells why an answer is incomplete', () => {
    expect(incomplete('max_output_tokens')).to.include({
      stop_reason: 'max_tokens',
      raw_stop_reason: 'max_output_tokens',
    });
    expect(incomplete('max_output_tokens').usage.output_tokens).to.equal(5);
    expect(incomplete('content_filter').stop_reason).to.equal('refusal');
    expect(incomplete('model_context_window_exceeded').stop_reason).to.equal('model_context_window_exceeded');
    expect(incomplete('something_new').stop_reason).to.equal('max_tokens');
    expect(incomplete(undefined).stop_reason).to.equal('max_tokens');
    expect(incomplete('max_output_tokens', functionCall(0, 'c', '{}')).stop_reason).to.equal('max_tokens');
  });

  it('takes the status from the event where the answer has none, and nothing else at all', () => {
    expect(answerOf([event('response.completed')])).to.deep.include({
      content: [],
      stop_reason: 'end_turn',
      model: 'upstream-model',
      usage: { input_tokens: 100, output_tokens: 0 },
    });
    expect(answerOf([HI, event('response.incomplete')]).stop_reason).to.equal('max_tokens');
    const running = event('response.completed', { response: { status: 'in_progress' } });
    expect(answerOf([running]).raw_stop_reason).to.equal('completed');
  });

  it('keeps what nobody models beside the answer', () => {
    const events = decode([completed({ service_tier: 'default', tools: [], user: null })]);
    const ending = events.find(({ type }) => type === 'message_delta');
    expect(ending).to.deep.include({ ext: { 'openai-responses': { service_tier: 'default' } } });
  });

  it('is a failure where the answer failed', () => {
    const failed = (error: unknown) => event('response.failed', { response: { status: 'failed', error } });
    expect(faultOf([CREATED, HI, failed({ code: 'rate_limit_exceeded', message: 'slow' })])).to.include({
      kind: 'rate-limit',
      message: 'slow',
      retryable: true,
    });
    expect(faultOf([CREATED, failed(null)])).to.include({ kind: 'server' });
    expect(faultOf([event('response.failed')])).to.include({ kind: 'server' });
    expect(faultOf([completed({ status: 'failed', error: { message: 'late' } })]).message).to.equal('late');
    expect(faultOf([completed({ status: 'cancelled' })]).kind).to.equal('protocol');
    expect(faultOf([failed(OVERFLOW)])).to.include({ kind: 'context-overflow' });
  });

  it('is a failure where an error came, whatever its shape', () => {
    const shapes = [
      { data: '{"type":"error","error":{"code":"server_error","message":"oops"}}' },
      { data: '{"type":"error","code":"server_error","message":"oops","param":null}' },
      { data: '{"error":{"code":"server_error","message":"oops"}}' },
      { event: 'error', data: '{"type":"server_error","message":"oops"}' },
      { event: 'error', data: '{"message":"oops"}' },
      { event: 'error', data: '"oops"' },
      { event: 'error', data: 'oops' },
      { data: '[{"error":{"message":"oops"}}]' },
      { data: '{"detail":"oops"}' },
    ];
    for (const shape of shapes) expect(faultOf([CREATED, HI, shape, HI, completed()]).message).to.equal('oops');
    expect(decode([{ data: '{"type":"error","message":"oops"}' }]).map(({ type }) => type)).to.deep.equal(['error']);
  });

  it('is not a failure where an event says nothing', () => {
    for (const data of ['[]', 'null', '7', '"x"', ''])
      expect(decode([CREATED, HI, { data }, completed()])).to.deep.equal(decode([CREATED, HI, completed()]));
  });

  it('is a failure where the provider does not keep to its protocol', () => {
    for (const data of ['{"type":', '[DONE]', '[done]', '<html>']) {
      expect(faultOf([CREATED, HI, { data }, completed()]).kind).to.equal('protocol');
    }
    expect(faultOf([CREATED, HI, { data: '[{"type":"response.created"}]' }]).kind).to.equal('protocol');
    expect(faultOf([CREATED, { data: '[{"error":{"code":429,"message":"slow"}}]' }]).kind).to.equal('rate-limit');
    expect(faultOf([{ data: '{"choices":[{"delta":{"content":"hi"}}]}' }]).message).to.match(/Chat Completions/);
  });

  it('is a failure where the bytes end first, and an open call stays open', () => {
    expect(decode([]).map(({ type }) => type)).to.deep.equal(['error']);
    const events = decode([CREATED, ...functionCall(0, 'c', '{"a":1}').slice(0, 4)]);
    expect(events.map(({ type }) => type)).to.deep.equal([
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_delta',
      'error',
    ]);
  });

  it('never lets a call that waits slip out before a failure', () => {
    const [first, second] = [functionCall(0, 'a', '{"a":1}'), functionCall(1, 'b', '{"b":2}')];
    const events = decode([CREATED, ...first.slice(0, 2), ...second, ...message(2, 'text')]);
    expect(events.filter(({ type }) => type === 'content_block_start')).to.have.lengthOf(1);
    expect(events.filter(({ type }) => type === 'content_block_stop')).to.have.lengthOf(0);
  });

  it('takes items from the last event where nothing else came', () => {
    const output = [
      { type: 'reasoning', id: 'r', summary: [{ type: 'summary_text', text: 'hm' }], encrypted_content: 'x' },
      { type: 'message', content: [{ type: 'output_text', text: 'hi' }] },
      { type: 'function_call', call_id: 'c', name: 'Read', arguments: '{"a":1}' },
      null,
      { type: 7 },
    ];
    const { content, stop_reason } = answerOf([CREATED, completed({ output })]);
    expect(content.map(({ type }) => type)).to.deep.equal(['thinking', 'text', 'tool_use']);
    expect(stop_reason).to.equal('tool_use');
    const late = answerOf([CREATED, added(0, output[0] ?? {}), done(0, output[0] ?? {}), completed({ output })]);
    expect(late.content).to.deep.equal(content);
  });
});
