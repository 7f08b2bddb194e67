import { expect } from 'chai';
import type { CodecContext, Fault } from '@claudex/sdk';
import { completeFault, readSilence } from '../../src/proxy/overflow-fault.ts';

const SAID = "prompt is too long for this model's context window. The provider said: Too much.";

const about = (estimate: number, window?: number): CodecContext =>
  ({
    estimatedInputTokens: estimate,
    ...(window !== undefined && { facts: { id: 'm', contextWindow: window } }),
  }) as unknown as CodecContext;

const overflow = (more: Partial<Fault> = {}): Fault => ({
  kind: 'context-overflow',
  message: SAID,
  retryable: false,
  ...more,
});

describe('the figures of a prompt that is too long', () => {
  const cases: [what: string, fault: Partial<Fault>, context: CodecContext, prompt: number, maximum: number][] = [
    ['nobody', {}, about(70), 70, 69],
    ['nobody, without an estimate', {}, about(0), 1, 0],
    ['the window', {}, about(70, 50), 70, 50],
    ['a window above the estimate', {}, about(30, 50), 51, 50],
    ['the provider, its maximum', { maximumTokens: 60 }, about(70, 50), 70, 60],
    ['the provider, its maximum alone', { maximumTokens: 60 }, about(10), 61, 60],
    ['the provider, its count', { promptTokens: 90 }, about(70, 50), 90, 50],
    ['the provider, its count alone', { promptTokens: 90 }, about(70), 90, 89],
    ['the provider, a count below the window', { promptTokens: 40 }, about(70, 50), 40, 39],
    ['the provider', { promptTokens: 90, maximumTokens: 80 }, about(70, 50), 90, 80],
    ['the provider, which contradicts itself', { promptTokens: 7, maximumTokens: 80 }, about(70.5, 50), 81, 80],
  ];
  for (const [what, fault, context, promptTokens, maximumTokens] of cases) {
    it(`are there when known by ${what}`, () => {
      const complete = completeFault(overflow(fault), context);
      expect(complete).to.include({ promptTokens, maximumTokens });
      expect(complete.message).to.equal(
        `prompt is too long: ${promptTokens} tokens > ${maximumTokens} maximum. The provider said: Too much.`,
      );
    });
  }

  it('stand alone where the provider said nothing', () => {
    for (const message of [
      'prompt is too long',
      "prompt is too long for this model's context window.",
      'Prompt is too long',
    ])
      expect(completeFault(overflow({ message }), about(9)).message).to.equal(
        'prompt is too long: 9 tokens > 8 maximum',
      );
  });

  it('are left alone where the sentence has them, or where something else failed', () => {
    const worded = overflow({ message: 'prompt is too long: 9 tokens > 8 maximum, sorry' });
    expect(completeFault(worded, about(70, 50))).to.equal(worded);
    const other: Fault = { kind: 'server', message: SAID, retryable: true };
    expect(completeFault(other, about(70, 50))).to.equal(other);
  });
});

describe('an error without a body', () => {
  const silent = (status: number): Fault => ({ kind: 'invalid-request', message: 'No.', status, retryable: false });
  const kindOf = (status: number, body: string, context: CodecContext) =>
    readSilence(silent(status), body, context).kind;

  it('is about the window only where the prompt nearly fills it', () => {
    for (const status of [400, 413]) {
      expect(kindOf(status, ' \n', about(81, 100)), String(status)).to.equal('context-overflow');
      expect(kindOf(status, '', about(80, 100)), String(status)).to.equal('invalid-request');
      expect(kindOf(status, '', about(1e9)), String(status)).to.equal('invalid-request');
      expect(kindOf(status, '{}', about(99, 100)), String(status)).to.equal('invalid-request');
    }
    expect(kindOf(404, '', about(99, 100))).to.equal('invalid-request');
  });
});
