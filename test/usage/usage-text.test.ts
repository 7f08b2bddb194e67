import { expect } from 'chai';
import { table } from '../../src/terminal/index.ts';
import { FIGURE_TITLES, usageCells, usageCsv, usageNotes } from '../../src/usage/index.ts';
import { shortCount } from '../../src/usage/usage-text.ts';

const FIGURES = {
  exchanges: 12,
  failed: 0,
  input_tokens: 12_345,
  cache_read_input_tokens: 1_000_000,
  cache_creation_input_tokens: 0,
  output_tokens: 999,
  cost_usd: 1.5,
  unpriced: 0,
  uncounted: 0,
};

describe('usage for people', () => {
  it('writes counts in five characters at most', () => {
    const written = [0, 999, 1_000, 12_345, 999_499, 999_500, 1_000_000, 123_456_789, 5e9, 1e12].map(shortCount);
    expect(written).to.deep.equal(['0', '999', '1.00k', '12.3k', '999k', '1.00M', '1.00M', '123M', '5.00G', '1.00T']);
  });

  it('has a cell for each figure, and none that means nothing', () => {
    expect(usageCells('2026-11-24', FIGURES)).to.deep.equal([
      '2026-11-24',
      '12',
      '',
      '12.3k',
      '1.00M',
      '0',
      '999',
      '$1.50',
    ]);
  });

  it('fits 60 columns, and a name has its room there', () => {
    const large = { ...FIGURES, exchanges: 50_000, failed: 1_234, cost_usd: 1_234.56, unpriced: 1 };
    const columns = [
      { title: 'MODEL', cut: 'end' as const },
      ...FIGURE_TITLES.map((title) => ({ title, align: 'right' as const })),
    ];
    const lines = table(columns, [usageCells('a-model-with-a-very-long-name', large)], { width: 60 });
    for (const line of lines) expect(line.length).to.be.lessThan(61);
    expect(lines[1]).to.match(/^a-model-w… +50000 +1234 /);
  });

  it('never shows a price that is not known, and marks a sum that is not whole', () => {
    const cost = (more: Partial<typeof FIGURES> | { cost_usd: null }): string | undefined =>
      usageCells('x', { ...FIGURES, ...more }).at(-1);
    expect(cost({ cost_usd: null })).to.equal('–');
    expect(cost({ unpriced: 1 })).to.equal('$1.50+');
    expect(cost({ cost_usd: 0.001 })).to.equal('<$0.01');
    expect(cost({ cost_usd: 0 })).to.equal('$0.00');
    const notes = usageNotes({ rows: [], total: { ...FIGURES, unpriced: 1, uncounted: 1_234 } });
    expect(notes).to.deep.equal([
      'The price of 1 request is not known; the cost is without them.',
      'Providers counted no tokens for 1,234 requests.',
    ]);
    expect(usageNotes({ rows: [], total: FIGURES })).to.deep.equal([]);
  });

  it('writes values separated by commas, exactly', () => {
    const rows = [{ key: 'a "b", c', ...FIGURES, cost_usd: null }];
    expect(usageCsv('model', rows)).to.deep.equal([
      'model,exchanges,failed,input_tokens,cache_read_input_tokens,cache_creation_input_tokens,output_tokens,cost_usd,unpriced,uncounted',
      '"a ""b"", c",12,0,12345,1000000,0,999,,0,0',
    ]);
  });
});
