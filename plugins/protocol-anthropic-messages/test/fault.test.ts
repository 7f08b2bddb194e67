import { expect } from 'chai';
import type { Fault, FaultKind } from '@claudex/sdk';
import { anthropicMessages } from '../src/index.ts';
import { clientCodec, contextOf } from './support/context.ts';

const decodeFault = (status: number, body: unknown, headers: { [name: string]: string } = {}): Fault =>
  anthropicMessages.decodeFault({ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) });

const envelope = (type: string, message: string) => ({ type: 'error', error: { type, message }, request_id: 'req_1' });

describe('decodeFault of Anthropic Messages', () => {
  it('says where to look when an address is gone, and nothing of a page in place of a working server', () => {
    const page = '<!DOCTYPE html><html><body>secret</body></html>';
    for (const status of [404, 405, 410]) {
      const fault = decodeFault(status, page);
      expect(fault, String(status)).to.include({ kind: 'not-found', retryable: false });
      expect(fault.message).to.contain('base URL').and.not.contain('secret');
    }
    expect(decodeFault(502, page).message).to.not.contain('base URL');
  });

  it('reads the vendor’s types', () => {
    const kinds: [status: number, type: string, kind: FaultKind][] = [
      [400, 'invalid_request_error', 'invalid-request'],
      [401, 'authentication_error', 'authentication'],
      [402, 'billing_error', 'billing'],
      [403, 'permission_error', 'permission'],
      [404, 'not_found_error', 'not-found'],
      [413, 'request_too_large', 'too-large'],
      [429, 'rate_limit_error', 'rate-limit'],
      [500, 'api_error', 'server'],
      [504, 'timeout_error', 'timeout'],
      [529, 'overloaded_error', 'overloaded'],
      [503, 'api_error', 'overloaded'],
      [429, 'invalid_request_error', 'rate-limit'],
      [418, 'teapot_error', 'invalid-request'],
    ];
    for (const [status, type, kind] of kinds) {
      expect(decodeFault(status, envelope(type, 'm')), `${status} ${type}`).to.include({
        kind,
        status,
        message: 'm',
        code: type,
      });
    }
  });

  it('recognises a prompt that is too long, and keeps the words clients know', () => {
    const exact = 'prompt is too long: 3333404 tokens > 200000 maximum';
    expect(decodeFault(400, envelope('invalid_request_error', exact))).to.include({
      kind: 'context-overflow',
      message: exact,
      promptTokens: 3_333_404,
      maximumTokens: 200_000,
      retryable: false,
    });
    const output = 'input length and `max_tokens` exceed context limit: 190000 + 32000 > 200000';
    for (const status of [400, 413]) {
      expect(decodeFault(status, envelope('invalid_request_error', output))).to.include({
        kind: 'invalid-request',
        message: output,
        retryable: false,
      });
    }
  });

  const imitations: [status: number, error: object, message: RegExp][] = [
    [400, { message: "This model's maximum context length is 8192 tokens." }, /^prompt is too long for this model/],
    [
      400,
      { message: 'Input length (9000) exceeds model maximum context length (8192).' },
      /^prompt is .*9000 tokens > 8192/,
    ],
    [
      400,
      { message: "The input (9000 tokens) is longer than the model's context length (8192 tokens)." },
      /9000 .*> 8192/,
    ],
    [400, { message: 'Your request exceeded model token limit: 8192 (requested: 9000)' }, /9000 tokens > 8192 maximum/],
    [400, { message: 'Prompt exceeds max length', code: '1261' }, /^prompt is too long for this model/],
    [400, { message: 'invalid params, context window exceeds limit' }, /^prompt is too long for this model/],
    [400, { message: 'Range of input length should be [1, 30720]' }, /^prompt is too long for this model/],
    [413, { message: 'no', code: 'context_length_exceeded' }, /^prompt is too long for this model/],
    [413, { message: 'no', type: 'request_too_large', code: 'context_length_exceeded' }, /^prompt is too long/],
    [400, { message: 'Provider returned error', metadata: { raw: 'prompt too long' } }, /^prompt is too long for/],
  ];
  for (const [status, error, message] of imitations) {
    it(`recognises it in the words of others: ${JSON.stringify(error).slice(0, 70)}`, () => {
      const fault = decodeFault(status, { type: 'error', error: { type: 'invalid_request_error', ...error } });
      expect(fault).to.include({ kind: 'context-overflow', retryable: false });
      expect(fault.message).to.match(message);
    });
  }

  it('recognises it inside a stream', () => {
    for (const name of ['error', undefined]) {
      const error = { type: 'invalid_request_error', message: 'Prompt exceeds max length', code: '1261' };
      const data = JSON.stringify(name === undefined ? { error } : { type: name, error });
      const [event] = anthropicMessages.decodeStream(contextOf()).push({ ...(name && { event: name }), data });
      expect(event).to.have.nested.property('fault.kind', 'context-overflow');
    }
  });

  it('reads which state of earlier turns is refused', () => {
    const texts = [
      'messages.1.content.0: Invalid `signature` in `thinking` block',
      'messages.3.content.0: `thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified.',
    ];
    for (const text of texts) {
      expect(decodeFault(400, envelope('invalid_request_error', text)).refused).to.deep.equal({ part: 'state' });
      expect(decodeFault(500, envelope('api_error', text))).not.to.have.property('refused');
    }
  });

  it('reads lost state, and nothing else, behind a 404', () => {
    const lost = decodeFault(404, envelope('not_found_error', 'Invalid `signature` in `thinking` block: not found'));
    expect(lost).to.deep.include({ kind: 'not-found', retryable: false, refused: { part: 'state' } });
    const other = envelope('not_found_error', 'top_k: Extra inputs are not permitted');
    expect(decodeFault(404, other)).to.include({ kind: 'not-found' }).and.not.have.property('refused');
    expect(decodeFault(404, envelope('not_found_error', 'model: some-model'))).not.to.have.property('refused');
  });

  it('recognises an empty account behind a 400', () => {
    const message = 'Your credit balance is too low to access the Anthropic API.';
    expect(decodeFault(400, envelope('invalid_request_error', message))).to.include({
      kind: 'billing',
      retryable: false,
    });
  });

  it('reads how long to wait', () => {
    const wait = (headers: { [name: string]: string }) =>
      decodeFault(429, envelope('rate_limit_error', 'm'), headers).retryAfterMs;
    expect(wait({ 'retry-after': '2' })).to.equal(2000);
    expect(wait({ 'retry-after': '0.25' })).to.equal(250);
    expect(wait({ 'retry-after-ms': '70', 'retry-after': '1' })).to.equal(70);
    expect(wait({ 'retry-after': 'Tue, 24 Nov 2026 10:00:30 GMT', date: 'Tue, 24 Nov 2026 10:00:00 GMT' })).to.equal(
      30_000,
    );
    expect(wait({ 'retry-after': 'Tue, 24 Nov 2026 10:00:30 GMT' })).to.equal(undefined);
    expect(wait({ 'retry-after': 'soon' })).to.equal(undefined);
    expect(wait({ 'retry-after': '-5' })).to.equal(undefined);
    expect(wait({})).to.equal(undefined);
  });

  it('lets the vendor say whether to retry', () => {
    expect(decodeFault(429, envelope('rate_limit_error', 'm')).retryable).to.equal(true);
    expect(decodeFault(429, envelope('rate_limit_error', 'm'), { 'x-should-retry': 'false' }).retryable).to.equal(
      false,
    );
    expect(decodeFault(400, envelope('invalid_request_error', 'm'), { 'x-should-retry': 'true' }).retryable).to.equal(
      true,
    );
    expect(decodeFault(409, envelope('invalid_request_error', 'm')).retryable).to.equal(true);
  });

  it('makes a readable fault of any body', () => {
    expect(decodeFault(502, '<html><body>Bad gateway</body></html>').message).to.equal(
      'The provider answered HTTP 502 without saying why.',
    );
    expect(decodeFault(502, '').message).to.equal('The provider answered HTTP 502 without saying why.');
    expect(decodeFault(503, 'no healthy upstream')).to.include({ kind: 'overloaded', message: 'no healthy upstream' });
    expect(decodeFault(500, 'x'.repeat(9999)).message).to.have.lengthOf(300);
    expect(decodeFault(401, { error: 'no key' })).to.include({ kind: 'authentication', message: 'no key' });
    expect(decodeFault(404, { message: 'no route', type: 'lost' })).to.include({
      kind: 'not-found',
      message: 'no route',
    });
    expect(decodeFault(500, '[1]')).to.include({ kind: 'server' });
    expect(decodeFault(500, { error: { type: 5, message: null } })).to.include({ kind: 'server' });
  });
});

describe('encodeFault of Anthropic Messages', () => {
  it('gives every kind its type and status', () => {
    const answers: { [Kind in FaultKind]: [status: number, type: string] } = {
      'invalid-request': [400, 'invalid_request_error'],
      'context-overflow': [400, 'invalid_request_error'],
      authentication: [401, 'authentication_error'],
      billing: [402, 'billing_error'],
      permission: [403, 'permission_error'],
      'not-found': [404, 'not_found_error'],
      'too-large': [413, 'request_too_large'],
      'rate-limit': [429, 'rate_limit_error'],
      server: [500, 'api_error'],
      connection: [502, 'api_error'],
      protocol: [502, 'api_error'],
      'refused-redirect': [502, 'api_error'],
      timeout: [504, 'timeout_error'],
      overloaded: [529, 'overloaded_error'],
      aborted: [499, 'api_error'],
    };
    for (const [kind, [status, type]] of Object.entries(answers)) {
      const message = 'prompt is too long: 2 tokens > 1 maximum';
      const encoded = clientCodec().encodeFault({ kind: kind as FaultKind, message, retryable: false }, 'req_1');
      expect(encoded, kind).to.deep.equal({
        status,
        body: { type: 'error', error: { type, message }, request_id: 'req_1' },
      });
    }
  });

  it('keeps the statuses that say more', () => {
    const statusOf = (kind: FaultKind, status: number) =>
      clientCodec().encodeFault({ kind, status, message: 'm', retryable: false }, 'req_1').status;
    expect(statusOf('invalid-request', 422)).to.equal(422);
    expect(statusOf('invalid-request', 409)).to.equal(409);
    expect(statusOf('invalid-request', 418)).to.equal(400);
    expect(statusOf('server', 502)).to.equal(502);
    expect(statusOf('server', 520)).to.equal(500);
    // Clients repeat a 503 far longer than a 529.
    expect(statusOf('overloaded', 503)).to.equal(503);
    expect(statusOf('overloaded', 529)).to.equal(529);
    expect(statusOf('overloaded', 429)).to.equal(529);
    expect(statusOf('context-overflow', 413)).to.equal(400);
  });

  it('words a context overflow so that clients recognise it', () => {
    const messageOf = (message: string) =>
      clientCodec().encodeFault({ kind: 'context-overflow', message, retryable: false }, 'r').body['error'];
    expect(messageOf('Too much.')).to.have.property('message', 'prompt is too long: Too much.');
    const output = 'input length and `max_tokens` exceed context limit: 1 + 2 > 2';
    expect(messageOf(output)).to.have.property('message', output);
  });
});
