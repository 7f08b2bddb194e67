import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../support/source-files.ts';

const PAGE = join(ROOT, 'docs', 'compatibility.md');
const VERSION_MODULE = join(ROOT, 'src', 'doctor', 'verified-version.ts');
const BEGIN = '<!-- matrix: written by npm run test:matrix -- --write -->';
const END = '<!-- /matrix -->';

/** How each scenario went, by the title of its dialect. */
export interface Row {
  readonly scenario: string;
  readonly outcomes: ReadonlyMap<string, boolean>;
}

/** The table as Markdown, with the client's version above it. */
export function tableOf(version: string, dialects: readonly string[], rows: readonly Row[]): string {
  const cells = [
    ['scenario', ...dialects],
    ...rows.map(({ scenario, outcomes }) => [
      scenario,
      ...dialects.map((dialect) => (outcomes.get(dialect) === true ? 'works' : 'fails')),
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const lines = cells.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  return `Claude Code ${version}:\n\n${lines.join('\n')}`;
}

/** The table that is committed. */
export function committedTable(): string {
  const page = readFileSync(PAGE, 'utf8');
  return page.slice(page.indexOf(BEGIN) + BEGIN.length, page.indexOf(END)).trim();
}

/** Puts a new table into the page. */
export function commitTable(table: string): void {
  const page = readFileSync(PAGE, 'utf8');
  writeFileSync(
    PAGE,
    `${page.slice(0, page.indexOf(BEGIN) + BEGIN.length)}\n\n${table}\n\n${page.slice(page.indexOf(END))}`,
  );
}

/** The module that tells the doctor with which version of the client everything was last tried. */
export function versionModule(version: string): string {
  return [
    '/** The version of Claude Code with which everything was last tried; docs/compatibility.md has the results. */',
    `export const VERIFIED_CLAUDE_CODE = '${version}';\n`,
  ].join('\n');
}

/** The module that is committed. */
export function committedVersionModule(): string {
  return readFileSync(VERSION_MODULE, 'utf8');
}

/** Writes it anew. */
export function commitVersionModule(version: string): void {
  writeFileSync(VERSION_MODULE, versionModule(version));
}
