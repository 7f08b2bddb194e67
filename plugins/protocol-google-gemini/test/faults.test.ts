import { expect } from 'chai';
import type { Fault, JsonObject } from '@claudex/sdk';
import { decodeFault } from '../src/faults.ts';

function read(status: number, error: JsonObject, wrap = (body: JsonObject): unknown => body): Fault {
  return decodeFault({ status, headers: {}, body: JSON.stringify(wrap({ error: { code: status, ...error } })) });
}

const QUOTA = (quotaId: string): JsonObject => ({
  status: 'RESOURCE_EXHAUSTED',
  message: 'You exceeded your current quota, please check your plan and billing details.',
  details: [
    { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId, quotaMetric: 'requests' }] },
    { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '37s' },
  ],
});

describe('failures of the Gemini API', () => {
  it('say what Google calls them', () => {
    const { message, kind, code, status, retryable } = read(503, {
      message: 'The model is overloaded.',
      status: 'UNAVAILABLE',
    });
    expect({ message, kind, code, status, retryable }).to.deep.equal({
      message: 'The model is overloaded.',
      kind: 'overloaded',
      code: 'UNAVAILABLE',
      status: 503,
      retryable: true,
    });
  });

  it('say how long to wait', () => {
    const fault = read(429, QUOTA('GenerateRequestsPerMinutePerProjectPerModel'));
    expect(fault).to.include({ kind: 'rate-limit', retryable: true, retryAfterMs: 37_000, code: 'RESOURCE_EXHAUSTED' });
  });

  it('pass where a quota of a minute is used up, also when they do not say how long that takes', () => {
    const { details, ...error } = QUOTA('GenerateRequestsPerMinutePerProjectPerModel');
    const [quota] = details as JsonObject[];
    expect(read(429, { ...error, details: [quota ?? {}] })).to.include({ kind: 'rate-limit', retryable: true });
    expect(read(429, error)).to.include({ kind: 'billing', retryable: false });
  });

  it('are not tried again where the quota of the day is gone, whatever they say about waiting', () => {
    const fault = read(429, QUOTA('GenerateRequestsPerDayPerProjectPerModel-FreeTier'));
    expect(fault).to.include({ kind: 'rate-limit', retryable: false });
    expect(fault.retryAfterMs).to.equal(undefined);
  });

  it('are read inside a list, too', () => {
    const fault = read(429, QUOTA('GenerateRequestsPerDayPerProjectPerModel'), (body) => [body]);
    expect(fault).to.include({ kind: 'rate-limit', retryable: false, code: 'RESOURCE_EXHAUSTED' });
  });

  it('are about the prompt where it is too long', () => {
    const message = 'The input token count (2000000) exceeds the maximum number of tokens allowed (1048576).';
    expect(read(400, { message, status: 'INVALID_ARGUMENT' })).to.include({
      kind: 'context-overflow',
      promptTokens: 2_000_000,
      maximumTokens: 1_048_576,
      retryable: false,
    });
  });

  it('are about the key, although the status is 400', () => {
    const details = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }];
    const byReason = read(400, { message: 'Pass another one.', status: 'INVALID_ARGUMENT', details });
    const byText = read(400, {
      message: 'API key not valid. Please pass a valid API key.',
      status: 'INVALID_ARGUMENT',
    });
    for (const fault of [byReason, byText]) expect(fault).to.include({ kind: 'authentication', retryable: false });
  });

  it('name what was refused: a signature, a function by its place', () => {
    const unsigned = 'Function call is missing a thought_signature in functionCall parts.';
    expect(read(400, { message: unsigned, status: 'INVALID_ARGUMENT' }).refused).to.deep.equal({ part: 'state' });
    const schema = "Invalid value at 'tools[0].function_declarations[3].parameters': it must be an object.";
    expect(read(400, { message: schema, status: 'INVALID_ARGUMENT' }).refused).to.deep.equal({
      part: 'tool',
      index: 3,
    });
  });

  it('are read whatever their details are', () => {
    for (const details of [null, 7, {}, [null, 7, { violations: 7 }, { violations: [null, { quotaId: 7 }] }]])
      expect(read(429, { message: 'Slow down.', status: 'RESOURCE_EXHAUSTED', details })).to.include({
        retryable: true,
      });
    for (const body of ['', '<html>', '[]', 'null', '{"error":7}'])
      expect(decodeFault({ status: 502, headers: {}, body }).retryable, body).to.equal(true);
  });
});
