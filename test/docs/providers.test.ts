import { expect } from 'chai';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../support/source-files.ts';
import { readDocument } from './support/named-blocks.ts';
// @ts-expect-error A script has no declarations.
import { providerPages } from '../../scripts/provider-pages.mjs';

describe('the pages of the providers', () => {
  let pages: ReadonlyMap<string, string>;

  before(async () => {
    pages = await providerPages();
  });

  it('are what the plugins say; "npm run provider-pages" renews them', () => {
    for (const [path, page] of pages) expect(readDocument(path), path).to.equal(page);
  });

  it('are there for every provider and for nothing else, each in the overview', () => {
    const written = readdirSync(join(ROOT, 'docs/providers')).map((name) => `docs/providers/${name}`);
    expect(written.toSorted()).to.deep.equal(
      [...pages.keys()].filter((path) => path !== 'docs/providers.md').toSorted(),
    );
    const overview = pages.get('docs/providers.md') ?? '';
    for (const path of written) expect(overview).to.contain(`(${path.replace('docs/', '')})`);
  });

  it('set every provider up in at most three lines that the program takes', () => {
    for (const [path, page] of pages) {
      if (path === 'docs/providers.md') continue;
      const lines = /```sh\n([^`]+)\n```/.exec(page)?.[1]?.split('\n') ?? [];
      expect(lines.length, path).to.be.within(2, 3);
      expect(lines.at(-1), path).to.match(/^claudex run \S+$/);
    }
  });
});
