import { expect } from 'chai';
import type { Fault } from '@claudex/sdk';
import fc from 'fast-check';
import { readFault } from '@claudex/sdk/codec';

function faultOf(status: number, body: unknown, headers: Record<string, string> = {}): Fault {
  return readFault({ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) });
}

describe('reading an error', () => {
  const shapes: [who: string, body: unknown, message: string, code: string | undefined][] = [
    [
      'OpenAI',
      { error: { message: 'bad', type: 'invalid_request_error', param: null, code: 'unsupported_value' } },
      'bad',
      'unsupported_value',
    ],
    [
      'Mistral',
      { object: 'error', message: 'bad', type: 'invalid_request_message_order', code: '3230' },
      'bad',
      '3230',
    ],
    [
      'FastAPI, a list',
      { detail: [{ loc: ['body', 'messages', 0], msg: 'Field required', type: 'missing' }, { msg: 'again' }] },
      'body.messages.0: Field required; again',
      undefined,
    ],
    ['FastAPI, a text', { detail: 'bad' }, 'bad', undefined],
    ['xAI', { code: 'invalid-argument', error: 'bad' }, 'bad', 'invalid-argument'],
    ['Ollama', { error: 'bad' }, 'bad', undefined],
    ['Gemini, in a list', [{ error: { code: 400, message: 'bad', status: 'INVALID_ARGUMENT' } }], 'bad', '400'],
    ['MiniMax', { base_resp: { status_code: 2013, status_msg: 'bad' } }, 'bad', '2013'],
    ['Z.ai', { code: '1214', msg: 'bad', success: false }, 'bad', '1214'],
    ['Qwen', { code: 'InvalidParameter', message: 'bad', request_id: 'x' }, 'bad', 'InvalidParameter'],
    [
      'OpenRouter',
      { error: { code: 400, message: 'Provider returned error', metadata: { raw: '{"error":{"message":"bad"}}' } } },
      'Provider returned error: bad',
      '400',
    ],
    [
      'OpenRouter, plain',
      { error: { code: 400, message: 'Provider returned error', metadata: { raw: 'bad' } } },
      'Provider returned error: bad',
      '400',
    ],
    ['a list of errors', { errors: [{ message: 'bad' }] }, 'bad', undefined],
    ['plain text', 'bad', 'bad', undefined],
  ];
  for (const [who, body, message, code] of shapes) {
    it(`understands the shape of ${who}`, () => {
      const fault = faultOf(400, body);
      expect(fault).to.include({ kind: 'invalid-request', message, status: 400, retryable: false });
      expect(fault.code).to.equal(code);
    });
  }

  const kinds: [status: number, body: object, kind: string, retryable: boolean][] = [
    [401, { error: { message: 'no', code: 'invalid_api_key' } }, 'authentication', false],
    [400, { code: 'invalid-argument', error: 'Incorrect API key provided.' }, 'authentication', false],
    [402, { error: { message: 'no credits' } }, 'billing', false],
    [403, { error: { message: 'no', type: 'access_terminated_error' } }, 'permission', false],
    [404, { error: { message: 'no', code: 'model_not_found' } }, 'not-found', false],
    [429, { error: { message: 'no', type: 'usage_limit_reached' } }, 'rate-limit', true],
    [429, { error: { message: 'no', type: 'usage_not_included' } }, 'billing', false],
    [429, { error: { code: 'subscription_sharing_usage_limit_exceeded' } }, 'billing', false],
    [403, { error: { code: 'subscription_sharing_user_not_eligible' } }, 'permission', false],
    [400, { error: { code: 'subscription_sharing_unsupported_capability' } }, 'permission', false],
    [400, { error: { message: 'no', code: 'model_not_found' } }, 'not-found', false],
    [409, { error: { message: 'conflict' } }, 'invalid-request', true],
    [413, { error: { message: 'too big' } }, 'too-large', false],
    [
      413,
      {
        error: {
          message: 'Request too large: tokens per minute (TPM): Limit 6000',
          type: 'tokens',
          code: 'rate_limit_exceeded',
        },
      },
      'rate-limit',
      true,
    ],
    [429, { error: { message: 'slow', code: 'rate_limit_exceeded' } }, 'rate-limit', true],
    [429, { error: { message: 'busy', type: 'engine_overloaded_error' } }, 'overloaded', true],
    [429, { error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } }, 'billing', false],
    [
      429,
      { error: { message: 'You exceeded your current quota', type: 'exceeded_current_quota_error' } },
      'billing',
      false,
    ],
    [
      429,
      {
        error: {
          message: 'You exceeded your current quota',
          status: 'RESOURCE_EXHAUSTED',
          code: 429,
          details: [{ retryDelay: '37s' }],
        },
      },
      'rate-limit',
      true,
    ],
    [500, { error: { message: 'oops', type: 'server_error' } }, 'server', true],
    [503, { error: { message: 'Loading model' } }, 'overloaded', true],
    [504, { error: { message: 'slow' } }, 'timeout', true],
  ];
  for (const [status, body, kind, retryable] of kinds) {
    it(`takes ${status} with ${JSON.stringify(body).slice(0, 80)} for ${kind}`, () => {
      expect(faultOf(status, body)).to.include({ kind, retryable, status });
    });
  }

  it('says something neutral about pages and rubbish', () => {
    const page = faultOf(502, '<!DOCTYPE html><html><body>secret <b>502</b></body></html>');
    expect(page).to.include({
      kind: 'server',
      retryable: true,
      message: 'The provider answered HTTP 502 with a web page.',
    });
    for (const status of [404, 405, 410]) {
      expect(faultOf(status, '<html></html>'), String(status))
        .to.include({ kind: 'not-found', retryable: false })
        .and.to.have.property('message')
        .that.matches(/base URL/);
    }
    expect(faultOf(400, '<html></html>')).to.include({ kind: 'protocol', retryable: true });
    expect(faultOf(503, '{"error": {"mess')).to.include({ kind: 'overloaded' });
    expect(faultOf(400, '{"error": {"mess').kind).to.equal('protocol');
    expect(faultOf(429, '')).to.include({
      kind: 'rate-limit',
      message: 'The provider answered HTTP 429 without saying why.',
    });
    expect(faultOf(500, '{}')).to.include({ kind: 'server', retryable: true });
  });

  it('does not take white space for a message', () => {
    const blank = [' ', '[" "]', '{"error":" "}', '{"message":"\\n"}', '{"detail":[" ",{"msg":" "}]}'];
    const wrapped = { error: { code: 400, metadata: { raw: ' ' } } };
    for (const body of [...blank, JSON.stringify(wrapped)]) {
      expect(faultOf(400, body).message, body).to.match(/^The provider answered HTTP 400 /);
    }
  });

  it('cuts endless texts', () => {
    expect(faultOf(400, { error: { message: 'x'.repeat(50_000) } }).message).to.have.lengthOf(2000);
  });

  it('reads how long to wait', () => {
    const waitOf = (headers: Record<string, string>, body: unknown = { error: { message: 'slow' } }): unknown =>
      faultOf(429, body, headers).retryAfterMs;
    expect(waitOf({ 'retry-after': '7' })).to.equal(7000);
    expect(waitOf({ 'retry-after': '0.5' })).to.equal(500);
    expect(waitOf({ 'retry-after': '7', 'retry-after-ms': '120' })).to.equal(120);
    expect(waitOf({ 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT', date: 'Wed, 21 Oct 2026 07:27:30 GMT' })).to.equal(
      30_000,
    );
    for (const nonsense of ['Wed, 21 Oct 2026 07:28:00 GMT', '-1', '', ' ', 'Infinity', '1e999', 'soon']) {
      expect(waitOf({ 'retry-after': nonsense }), nonsense).to.equal(undefined);
    }
    expect(waitOf({}, { error: { message: 'slow', details: [{ '@type': 'x' }, { retryDelay: '37.5s' }] } })).to.equal(
      37_500,
    );
    expect(waitOf({}, { error: { message: 'slow', details: [{ retryDelay: 'soon' }] } })).to.equal(undefined);
  });

  it('reads in how many seconds a plan is there again', () => {
    const wait = (seconds: unknown): number | undefined =>
      faultOf(429, { error: { type: 'usage_limit_reached', resets_in_seconds: seconds } }).retryAfterMs;
    expect(wait(90.5)).to.equal(90_500);
    for (const nonsense of [-1, '90', null, undefined]) expect(wait(nonsense)).to.equal(undefined);
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 599 }), fc.oneof(fc.string(), fc.json()), (status, body) => {
        const fault = readFault({ status, headers: {}, body });
        expect(fault.message).to.be.a('string').and.not.to.equal('');
      }),
    );
  });
});
