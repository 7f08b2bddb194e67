import { expect } from 'chai';
import { periodOf } from '../../src/usage/index.ts';
import { startOfDay, startOfDayAfter } from '../../src/usage/local-day.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('periodOf', () => {
  const zone = process.env['TZ'];
  before(() => {
    process.env['TZ'] = 'America/New_York';
  });
  after(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });
  const now = Date.parse('2026-11-24T15:00:00Z');
  const text = ({ from, before }: { from: number; before: number }): string[] =>
    [from, before].map((moment) => new Date(moment).toISOString());

  it('is everything up to the end of today when nothing was said', () => {
    expect(periodOf({}, now)).to.deep.equal({ from: 0, before: Date.parse('2026-11-25T05:00:00Z') });
  });

  it('counts days back from today, which is one of them', () => {
    expect(text(periodOf({ days: 1 }, now))).to.deep.equal(['2026-11-24T05:00:00.000Z', '2026-11-25T05:00:00.000Z']);
    expect(text(periodOf({ days: 7 }, now))[0]).to.equal('2026-11-18T05:00:00.000Z');
  });

  it('includes both days that were named', () => {
    const period = periodOf({ since: '2026-11-20', until: '2026-11-21' }, now);
    expect(text(period)).to.deep.equal(['2026-11-20T05:00:00.000Z', '2026-11-22T05:00:00.000Z']);
    expect(text(periodOf({ until: '2026-11-21' }, now))).to.deep.equal([
      '1970-01-01T00:00:00.000Z',
      '2026-11-22T05:00:00.000Z',
    ]);
  });

  it('knows days that have 23 or 25 hours', () => {
    const [spring = 0, autumn = 0] = ['2026-03-08', '2026-11-01'].map((day) => startOfDay(day) ?? 0);
    expect(startOfDayAfter(spring, 1) - spring).to.equal((DAY_MS / 24) * 23);
    expect(startOfDayAfter(autumn, 1) - autumn).to.equal((DAY_MS / 24) * 25);
  });

  it('refuses what is no day, and a period without one', () => {
    for (const since of ['yesterday', '2026-02-30', '2026-1-1', '2026-11-24T00:00:00Z', ''])
      expect(() => periodOf({ since }, now), since).to.throw('is no day of the calendar');
    expect(() => periodOf({ until: '24.11.2026' }, now)).to.throw('--until');
    expect(() => periodOf({ since: '2026-11-21', until: '2026-11-20' }, now)).to.throw('after --until 2026-11-20');
    expect(() => periodOf({ since: '2027-01-01' }, now)).to.throw('in the future');
  });
});
