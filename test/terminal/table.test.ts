import { expect } from 'chai';
import stringWidth from 'string-width';
import { table, type Column } from '../../src/terminal/table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'NAME' },
  { title: 'MODEL', cut: 'end' },
  { title: 'TOKENS', align: 'right' },
  { title: 'FOLDER', cut: 'start' },
];

const ROWS = [
  ['grok', 'grok-code-fast-2-preview-2026-11-01', '12', '/home/ada/projects/garden/of/many/paths/north'],
  ['日本', 'm', '1234567', '/'],
];

describe('a table', () => {
  it('has columns as wide as their widest cell and cuts nothing off for a pipe', () => {
    const lines = table(COLUMNS, ROWS);
    expect(lines[1]).to.equal(ROWS[0]?.map((cell, index) => (index === 2 ? '     12' : cell)).join('  '));
    expect(lines[0]).to.match(/^NAME  MODEL {33}TOKENS {2,}FOLDER$/);
  });

  it('stands straight with letters that are two columns wide', () => {
    const [, , wide = ''] = table(COLUMNS, ROWS);
    expect(wide.startsWith('日本  m')).to.equal(true);
  });

  for (const width of [40, 60, 80, 200]) {
    it(`fits a terminal of ${width} columns`, () => {
      for (const line of table(COLUMNS, ROWS, { width })) expect(stringWidth(line)).to.be.at.most(width);
    });
  }

  it('cuts the widest first, at the end or at the start, and keeps what must stay', () => {
    const [, line = ''] = table(COLUMNS, ROWS, { width: 60 });
    expect(line).to.match(/^grok {2}grok-\S+… {2,}12 {2}…\S*\/north$/);
  });

  it('goes over the edge rather than hide what may not be cut', () => {
    const [, line = ''] = table([{ title: 'ID' }], [['0123456789abcdef']], { width: 10 });
    expect(line).to.equal('0123456789abcdef');
  });

  it('paints what is shown, not the space beside it', () => {
    const columns: Column[] = [
      { title: 'STATE', mood: (cell) => (cell === 'open' ? 'bad' : undefined) },
      { title: 'X' },
    ];
    const paint = (mood: string, text: string): string => `<${mood}>${text}</>`;
    expect(
      table(
        columns,
        [
          ['open', '1'],
          ['closed', '2'],
        ],
        { paint },
      ),
    ).to.deep.equal(['<quiet>STATE</>   <quiet>X</>', '<bad>open</>    1', 'closed  2']);
  });
});
