import { expect } from 'chai';
import type { SseEvent } from '@claudex/sdk';
import { callPart, chunk, finish, parts, said, thought } from './support/chunks.ts';
import { answerOf, decode, faultOf } from './support/decode.ts';

const ending = (events: readonly SseEvent[]): unknown => answerOf(events).stop_reason;
const CALL = parts([callPart('Read', { path: 'a' })]);

describe('the end of a streamed answer', () => {
  it('is the end of the bytes once a reason has come, and a failure before', () => {
    expect(ending([said('Yes.'), finish('STOP')])).to.equal('end_turn');
    expect(faultOf([said('Yes.')])).to.include({ kind: 'protocol', retryable: true });
    expect(faultOf([])).to.include({ kind: 'protocol', retryable: true });
  });

  it('depends on what was said', () => {
    expect(ending([CALL, finish('STOP')])).to.equal('tool_use');
    expect(ending([finish('STOP')])).to.equal('end_turn');
    expect(ending([said('Yes.'), finish('OTHER')])).to.equal('end_turn');
    expect(ending([CALL, finish('SOMETHING_NEW')])).to.equal('tool_use');
  });

  it('is a limit or a refusal where the provider says so', () => {
    expect(ending([said('It is'), finish('MAX_TOKENS')])).to.equal('max_tokens');
    expect(ending([thought('Hm'), finish('MAX_TOKENS')])).to.equal('max_tokens');
    for (const reason of [
      'SAFETY',
      'RECITATION',
      'LANGUAGE',
      'BLOCKLIST',
      'PROHIBITED_CONTENT',
      'SPII',
      'IMAGE_SAFETY',
    ])
      expect(ending([said('It is'), finish(reason)]), reason).to.equal('refusal');
  });

  it('is a refusal where the prompt was blocked', () => {
    const answer = answerOf([
      chunk({
        promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
        usageMetadata: { promptTokenCount: 7, totalTokenCount: 7 },
      }),
    ]);
    expect(answer).to.deep.include({ content: [], stop_reason: 'refusal', raw_stop_reason: 'PROHIBITED_CONTENT' });
    expect(answer.usage).to.deep.equal({ input_tokens: 7, output_tokens: 0 });
  });

  it('is a failure that can be tried again where the model wrote a call that is none', () => {
    for (const reason of [
      'MALFORMED_FUNCTION_CALL',
      'UNEXPECTED_TOOL_CALL',
      'TOO_MANY_TOOL_CALLS',
      'MALFORMED_RESPONSE',
    ])
      expect(faultOf([said('Let me'), finish(reason)]), reason).to.include({
        kind: 'server',
        retryable: true,
        code: reason,
      });
    const explained = chunk({ candidates: [{ finishReason: 'MALFORMED_FUNCTION_CALL', finishMessage: 'print(x' }] });
    expect(faultOf([explained]).message)
      .to.include('MALFORMED_FUNCTION_CALL')
      .and.to.include('print(x');
    expect(faultOf([finish('OTHER')])).to.include({ kind: 'server', retryable: true });
  });

  it('names the state as what is missing where a signature is', () => {
    expect(faultOf([finish('MISSING_THOUGHT_SIGNATURE')]).refused).to.deep.equal({ part: 'state' });
  });

  it('is the error that stands in the stream, in whatever form', () => {
    const error = { error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } };
    const forms: SseEvent[] = [
      chunk(error),
      { data: JSON.stringify([error]) },
      { event: 'error', data: JSON.stringify(error) },
    ];
    for (const form of forms) {
      const events = decode([said('Hel'), form, said('lo'), finish()]);
      expect(events.at(-1)).to.deep.equal({
        type: 'error',
        fault: {
          kind: 'overloaded',
          message: 'The model is overloaded.',
          retryable: true,
          status: 503,
          code: 'UNAVAILABLE',
        },
      });
      expect(JSON.stringify(events)).not.to.include('"lo"');
    }
  });

  it('is a failure where an event cannot be read, unless the answer was finished', () => {
    for (const data of ['{"candidates":[{"con', '<html>', '[DONE]', '[[1]]']) {
      expect(faultOf([said('Hel'), { data }]).kind, data).to.equal('protocol');
    }
    expect(ending([said('Hello.'), finish(), { data: '[DONE]' }])).to.equal('end_turn');
    expect(ending([said('Hello.'), finish(), { data: '{"usageMeta' }])).to.equal('end_turn');
    expect(ending([{ data: '' }, { data: '[]' }, { data: 'null' }, said('Hello.'), finish()])).to.equal('end_turn');
  });
});
