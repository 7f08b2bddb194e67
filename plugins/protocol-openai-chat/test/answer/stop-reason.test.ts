import { expect } from 'chai';
import { faultOfFinish, finishing } from '../../src/answer/stop-reason.ts';

const SAID = { calledTools: false, refused: false };
const CALLED = { calledTools: true, refused: false };

function reason(finish_reason: string | null, summary = SAID): unknown {
  return finishing({ finish_reason }, summary, undefined).stop_reason;
}

describe('the reason to stop', () => {
  it('depends on the content for ordinary endings, known or not', () => {
    for (const finish of [
      'stop',
      'eos',
      'end',
      'STOP',
      'tool_calls',
      'tool_call',
      'function_call',
      'load',
      '',
      null,
      'brand_new',
      'constructor',
    ]) {
      expect(reason(finish), String(finish)).to.equal('end_turn');
      expect(reason(finish, CALLED), String(finish)).to.equal('tool_use');
    }
  });

  it('says what cut the answer off', () => {
    for (const finish of ['length', 'max_tokens', 'MAX_TOKENS']) expect(reason(finish, CALLED)).to.equal('max_tokens');
    for (const finish of ['model_length', 'model_context_window_exceeded'])
      expect(reason(finish)).to.equal('model_context_window_exceeded');
    for (const finish of ['content_filter', 'sensitive', 'SAFETY', 'RECITATION', 'PROHIBITED_CONTENT'])
      expect(reason(finish)).to.equal('refusal');
  });

  it('is a refusal where the answer refused', () => {
    expect(reason('stop', { calledTools: true, refused: true })).to.equal('refusal');
    expect(reason('length', { calledTools: false, refused: true })).to.equal('refusal');
  });

  it('keeps the provider’s own word', () => {
    expect(finishing({ finish_reason: 'eos' }, SAID, undefined)).to.include({ raw_stop_reason: 'eos' });
    expect(finishing({ finish_reason: null }, SAID, undefined)).not.to.have.property('raw_stop_reason');
  });

  it('names the stop sequence only where it is one of the client’s', () => {
    const choice = { finish_reason: 'stop', matched_stop: 'END' };
    expect(finishing(choice, SAID, ['END'])).to.include({ stop_reason: 'stop_sequence', stop_sequence: 'END' });
    expect(finishing(choice, SAID, ['OTHER'])).to.include({ stop_reason: 'end_turn', stop_sequence: null });
    expect(finishing(choice, CALLED, ['END'])).to.include({ stop_reason: 'tool_use', stop_sequence: null });
  });

  it('may be a failure', () => {
    for (const finish of [
      'error',
      'network_error',
      'insufficient_system_resource',
      'MALFORMED_FUNCTION_CALL',
      'abort',
    ]) {
      expect(faultOfFinish(finish)).to.include({ kind: 'server', retryable: true });
    }
    for (const finish of ['stop', 'length', 'brand_new', 'toString']) expect(faultOfFinish(finish)).to.equal(undefined);
  });
});
