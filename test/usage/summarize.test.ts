import { expect } from 'chai';
import type { ExchangeReport } from '../../src/state/index.ts';
import { summarize, type Grouping, type UsageSummary } from '../../src/usage/index.ts';
import { exchangeReport } from '../state/support/exchange-report.ts';

const NOTHING = {
  exchanges: 0,
  failed: 0,
  input_tokens: 0,
  cache_read_input_tokens: 0,
  cache_creation_input_tokens: 0,
  output_tokens: 0,
  cost_usd: null,
  unpriced: 0,
  uncounted: 0,
};

async function* each(reports: readonly ExchangeReport[]): AsyncGenerator<ExchangeReport> {
  yield* reports;
}

describe('summarize', () => {
  const sum = (
    reports: readonly ExchangeReport[],
    by: Grouping = 'profile',
    costOf: (report: ExchangeReport) => number | undefined = () => undefined,
  ): Promise<UsageSummary> => summarize(each(reports), by, costOf);

  it('adds up tokens of each kind, and what was paid', async () => {
    const usage = {
      input_tokens: 10,
      output_tokens: 20,
      cache_read_input_tokens: 300,
      cache_creation_input_tokens: 4_000,
    };
    const { rows, total } = await sum([exchangeReport({ usage }), exchangeReport({ usage })], 'profile', () => 0.25);
    expect(total).to.deep.equal({
      ...NOTHING,
      exchanges: 2,
      input_tokens: 20,
      output_tokens: 40,
      cache_read_input_tokens: 600,
      cache_creation_input_tokens: 8_000,
      cost_usd: 0.5,
    });
    expect(rows).to.deep.equal([{ key: 'spare', ...total }]);
  });

  it('counts failures, but not clients that went away, and never invents tokens or a price', async () => {
    const { usage: _, ...without } = exchangeReport();
    const { total } = await sum(
      [
        { ...without, fault: 'overloaded' },
        { ...without, fault: 'aborted' },
        without,
        exchangeReport({ fault: 'overloaded' }),
        exchangeReport({ model: 'priced' }),
      ],
      'profile',
      ({ model }) => (model === 'priced' ? 1 : undefined),
    );
    expect(total).to.include({ exchanges: 5, failed: 2, uncounted: 1, unpriced: 1, cost_usd: 1, input_tokens: 24_690 });
    expect((await sum([without], 'profile', () => 5)).total).to.include({ cost_usd: null, unpriced: 0, uncounted: 1 });
  });

  it('puts together by profile that answered, provider, model and session', async () => {
    const { served_by: _, ...unserved } = exchangeReport({ session: 's1', model: 'b', provider: 'q' });
    const reports = [exchangeReport({ model: 'a' }), exchangeReport({ model: 'a' }), unserved];
    const keys = async (by: Grouping): Promise<[string, number][]> =>
      (await sum(reports, by)).rows.map(({ key, exchanges }) => [key, exchanges]);
    expect(await keys('profile')).to.deep.equal([
      ['spare', 2],
      ['work', 1],
    ]);
    expect(await keys('provider')).to.deep.equal([
      ['acme', 2],
      ['q', 1],
    ]);
    expect(await keys('model')).to.deep.equal([
      ['a', 2],
      ['b', 1],
    ]);
    expect(await keys('session')).to.deep.equal([
      ['(none)', 2],
      ['s1', 1],
    ]);
  });

  it('puts together by day where the user is', async () => {
    const zone = process.env['TZ'];
    const reports = ['2026-11-24T03:30:00Z', '2026-11-24T12:00:00Z', '2026-11-23T12:00:00Z'].map((started_at) =>
      exchangeReport({ started_at }),
    );
    const days = async (timeZone: string): Promise<[string, number][]> => {
      process.env['TZ'] = timeZone;
      return (await sum(reports, 'day')).rows.map(({ key, exchanges }) => [key, exchanges]);
    };
    try {
      expect(await days('UTC')).to.deep.equal([
        ['2026-11-23', 1],
        ['2026-11-24', 2],
      ]);
      expect(await days('America/New_York')).to.deep.equal([
        ['2026-11-23', 2],
        ['2026-11-24', 1],
      ]);
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('is all zero without an exchange', async () => {
    expect(await sum([])).to.deep.equal({ rows: [], total: NOTHING });
  });
});
