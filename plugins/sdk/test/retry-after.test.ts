import { expect } from 'chai';
import { retryAfterMs } from '../src/index.ts';

const DATE = 'Tue, 24 Nov 2026 10:00:00 GMT';

describe('retryAfterMs', () => {
  it('reads seconds and milliseconds, and rounds up', () => {
    expect(retryAfterMs({ 'retry-after': '7' })).to.equal(7000);
    expect(retryAfterMs({ 'retry-after': '0.0001' })).to.equal(1);
    expect(retryAfterMs({ 'retry-after': '0' })).to.equal(0);
    expect(retryAfterMs({ 'retry-after-ms': '120.5' })).to.equal(121);
  });

  it('prefers the exact figure where it makes sense', () => {
    expect(retryAfterMs({ 'retry-after-ms': '120', 'retry-after': '7' })).to.equal(120);
    expect(retryAfterMs({ 'retry-after-ms': '', 'retry-after': '7' })).to.equal(7000);
    expect(retryAfterMs({ 'retry-after-ms': '-1', 'retry-after': '7' })).to.equal(7000);
  });

  it('measures a date from the date of the answer, and one that has passed is now', () => {
    expect(retryAfterMs({ 'retry-after': 'Tue, 24 Nov 2026 10:00:30 GMT', date: DATE })).to.equal(30_000);
    expect(retryAfterMs({ 'retry-after': 'Tuesday, 24-Nov-26 10:00:30 GMT', date: DATE })).to.equal(30_000);
    expect(retryAfterMs({ 'retry-after': 'Tue, 24 Nov 2026 09:59:30 GMT', date: DATE })).to.equal(0);
    expect(retryAfterMs({ 'retry-after': 'Tue, 24 Nov 2026 10:00:30 GMT' })).to.equal(undefined);
    expect(retryAfterMs({ 'retry-after': 'Tue, 24 Nov 2026 10:00:30 GMT', date: 'now' })).to.equal(undefined);
  });

  it('says nothing where there is nothing or nonsense', () => {
    expect(retryAfterMs({})).to.equal(undefined);
    for (const nonsense of ['', ' ', '-1', 'Infinity', '1e999', 'soon', '5 minutes', 'Tue, never GMT', '1, 2']) {
      expect(retryAfterMs({ 'retry-after': nonsense, date: DATE }), nonsense).to.equal(undefined);
      expect(retryAfterMs({ 'retry-after-ms': nonsense, date: DATE }), nonsense).to.equal(undefined);
    }
  });

  it('is until the limits begin anew of which nothing is left, where nobody says more', () => {
    const left = { 'x-ratelimit-remaining-requests': '7', 'x-ratelimit-reset-requests': '6m0s' };
    const usedUp = { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '1.5s' };
    expect(retryAfterMs({ ...left, ...usedUp })).to.equal(1500);
    expect(retryAfterMs(left)).to.equal(undefined);
    const both = { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '1m2s', ...usedUp };
    expect(retryAfterMs(both)).to.equal(62_000);
    expect(retryAfterMs({ ...both, 'retry-after': '3' })).to.equal(3000);
    const soon = { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '250ms' };
    expect(retryAfterMs(soon)).to.equal(250);
  });

  it('measures a reset that is a date by the date of the answer', () => {
    const reset = {
      'anthropic-ratelimit-input-tokens-remaining': '0',
      'anthropic-ratelimit-input-tokens-reset': '2026-11-24T10:00:30Z',
    };
    expect(retryAfterMs({ ...reset, date: 'Tue, 24 Nov 2026 10:00:00 GMT' })).to.equal(30_000);
    expect(retryAfterMs(reset)).to.equal(undefined);
    expect(retryAfterMs({ ...reset, 'anthropic-ratelimit-input-tokens-reset': 'soon' })).to.equal(undefined);
  });
});
