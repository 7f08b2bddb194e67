import { expect } from 'chai';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { commandLines, headingAnchors, links } from '../support/markdown.ts';
import { knownCommands, problemOf } from '../support/documented-commands.ts';
import { readPackage } from '../support/packages.ts';
import { ROOT, trackedFiles } from '../support/source-files.ts';

const documents = trackedFiles()
  .filter((file) => file.endsWith('.md') && !/(?:^|\/)(?:CHANGELOG\.md|fixtures\/|\.changeset\/)/.test(file))
  .filter((file) => existsSync(join(ROOT, file)))
  .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));

describe('the documents', () => {
  it('include a README of fewer than 200 lines and the ones it leads to', () => {
    const files = documents.map(({ file }) => file);
    expect(files).to.include.members(['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/request-flow.md']);
    const lines = readFileSync(join(ROOT, 'README.md'), 'utf8').split('\n').length;
    expect(lines).to.be.lessThan(200);
  });

  it('link only to files and headings that exist', () => {
    const broken = documents.flatMap(({ file, text }) =>
      links(text)
        .filter((link) => !/^[a-z]+:/i.test(link))
        .filter((link) => !resolves(file, text, link))
        .map((link) => `${file}: ${link}`),
    );
    expect(broken).to.deep.equal([]);
  });

  it('show only commands and flags that the program has', () => {
    const commands = knownCommands();
    const problems = documents.flatMap(({ file, text }) =>
      commandLines(text, 'claudex').flatMap((line) => {
        const problem = problemOf(line, commands);
        return problem === undefined ? [] : [`${file}: ${line}: ${problem}`];
      }),
    );
    expect(problems).to.deep.equal([]);
  });

  it('show only npm scripts that exist', () => {
    const scripts = Object.keys(readPackage('.').scripts);
    const missing = documents.flatMap(({ file, text }) =>
      commandLines(text, 'npm')
        .map((line) => /^npm (?:run (\S+)|(test|start)\b)/.exec(line))
        .map((match) => match?.[1] ?? match?.[2])
        .filter((script) => script !== undefined && !scripts.includes(script))
        .map((script) => `${file}: npm run ${script}`),
    );
    expect(missing).to.deep.equal([]);
  });

  it('would be reported for a wrong command, flag or link', () => {
    const text =
      '# A b\n`claudex no-such` and [x](gone.md) and [y](#a-b)\n```sh\n$ claudex run --no-such x # why\n```\n';
    const commands = knownCommands();
    const lines = commandLines(text, 'claudex');
    expect(lines).to.deep.equal(['claudex no-such', 'claudex run --no-such x']);
    expect(lines.map((line) => problemOf(line, commands))).to.deep.equal([
      'no such command',
      'run has no flag --no-such',
    ]);
    expect(problemOf('claudex run demo -p "hello" --any', commands)).to.equal(undefined);
    expect(links(text).map((link) => resolves('README.md', text, link))).to.deep.equal([false, true]);
  });
});

function resolves(file: string, text: string, link: string): boolean {
  const [path = '', anchor] = decodeURI(link).split('#');
  if (path === '') return headingAnchors(text).includes(anchor ?? '');
  const target = normalize(join(dirname(file), path));
  if (target.startsWith('..') || !existsSync(join(ROOT, target))) return false;
  if (anchor === undefined || !target.endsWith('.md')) return true;
  return headingAnchors(readFileSync(join(ROOT, target), 'utf8')).includes(anchor);
}
