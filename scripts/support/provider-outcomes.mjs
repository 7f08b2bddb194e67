import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './checkout.mjs';
import { markdownTable } from './markdown-table.mjs';

const PAGE = join(ROOT, 'docs', 'compatibility.md');
const BEGIN = '<!-- providers: written by npm run test:providers -- --write -->';
const END = '<!-- /providers -->';

/** Titles of the columns by what the groups of tests are called. */
const COLUMNS = {
  'a tool loop of the real client keeps to the rules of': 'tool loop',
  'options of a profile lead the real client to': 'regions and plans',
  '"profile test --deep" says what works at': 'deep test',
  '"models" lists with their true windows those of': 'list of models',
  'the real client compacts and goes on when a prompt is too long for': 'compaction',
  'a key that is wrong is named as the reason by': 'wrong key',
};

/**
 * How each provider did, as a table. A cell counts its cases; one that failed makes it `fails`.
 * @param {string} file lines of `{ column, title, works }`
 */
export function providerTable(file) {
  const rows = new Map();
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const { column, title, works } = JSON.parse(line);
    const name = COLUMNS[column];
    if (name === undefined) continue;
    const id = /^[a-z0-9-]+/.exec(title)?.[0] ?? title;
    const cells = rows.get(id) ?? new Map();
    const cell = cells.get(name) ?? { works: 0, fails: 0 };
    cell[works ? 'works' : 'fails'] += 1;
    rows.set(id, cells.set(name, cell));
  }
  const columns = Object.values(COLUMNS);
  const sorted = [...rows].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return markdownTable(
    ['provider', ...columns],
    sorted.map(([id, cells]) => [`[${id}](providers/${id}.md)`, ...columns.map((column) => textOf(cells.get(column)))]),
  ).trim();
}

function textOf(cell) {
  if (cell === undefined) return '–';
  if (cell.fails > 0) return 'fails';
  return cell.works === 1 ? 'works' : `works (${cell.works})`;
}

/** The table that is committed. */
export function committedProviderTable() {
  const page = readFileSync(PAGE, 'utf8');
  return page.slice(page.indexOf(BEGIN) + BEGIN.length, page.indexOf(END)).trim();
}

/** Puts a new table into the page. */
export function commitProviderTable(table) {
  const page = readFileSync(PAGE, 'utf8');
  const head = page.slice(0, page.indexOf(BEGIN) + BEGIN.length);
  writeFileSync(PAGE, `${head}\n\n${table}\n\n${page.slice(page.indexOf(END))}`);
}
