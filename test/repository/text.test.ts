import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, trackedFiles } from '../support/source-files.ts';

describe('the repository', () => {
  const files = trackedFiles().filter((file) => /\.(?:ts|[cm]?js|json|md|toml|ya?ml)$|\.npmrc$|\.ci\/run$/.test(file));
  const contents = files
    .filter((file) => existsSync(join(ROOT, file)))
    .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));

  it('names no host of a package registry', () => {
    const naming = contents.filter(({ text }) => /\b(?:registry|npm)\.\w+\.(?:org|com)\b/.test(text));
    expect(naming.map(({ file }) => file)).to.deep.equal([]);
  });

  it('silences no checker', () => {
    const marks = new RegExp(
      ['oxlint', 'eslint'].map((tool) => `${tool}-disable`).join('|') + '|@ts-(?:ignore|nocheck)',
    );
    const silencing = contents.filter(({ file, text }) => /\.(?:ts|[cm]?js)$/.test(file) && marks.test(text));
    expect(silencing.map(({ file }) => file)).to.deep.equal([]);
  });

  it('runs all of its tests', () => {
    const mark = /^\s*(?:(?:describe|it)\.(?:only|skip)|x(?:it|describe))\(/m;
    // The recordings lie outside the repository, so their tests may say that they are missing.
    const tests = contents.filter(({ file }) => /(?<!^test\/recordings\/.*)\.test\.ts$/.test(file));
    const partial = tests.filter(({ text }) => mark.test(text));
    expect(tests.length).to.be.greaterThan(10);
    expect(partial.map(({ file }) => file)).to.deep.equal([]);
  });
});
