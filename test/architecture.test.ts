import { expect } from 'chai';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { checkImports, packageOf } from './support/check-imports.ts';
import { ROOMS, TOP } from './support/import-rules.ts';
import { readPackage } from './support/packages.ts';
import { parseSource } from './support/parse-source.ts';
import { filesBelow, pluginFolders, ROOT, trackedFiles } from './support/source-files.ts';
import { unusedPermissions } from './support/unused-permissions.ts';

const LARGEST_FILE_LINES = 350;
const SOURCE_FOLDERS = ['src', ...pluginFolders().map((name) => `plugins/${name}/src`)];
const CODE = /\.(?:[cm]?[jt]s)$/;

describe('the architecture', () => {
  const files = filesBelow(SOURCE_FOLDERS, ['.ts', '.mts', '.cts', '.tsx', '.js', '.mjs', '.cjs']);

  it('has every import point in the direction of the table', () => {
    const problems = files.flatMap((file) => checkImports(file, readFileSync(join(ROOT, file), 'utf8')));
    expect(problems).to.deep.equal([]);
  });

  it('has no permission in the table that nothing uses', () => {
    const texts = files.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')] as const);
    expect(unusedPermissions(texts)).to.deep.equal([]);
  });

  it('is judged on every source file that git knows', () => {
    const known = trackedFiles().filter(
      (file) => /^(?:src|plugins\/[^/]+\/src)\//.test(file) && CODE.test(file) && existsSync(join(ROOT, file)),
    );
    expect(known.length).to.be.greaterThan(20);
    expect(files).to.include.members(known);
  });

  it('has no code in src beside its rooms, and a row for each room', () => {
    const entries = readdirSync(join(ROOT, 'src'), { withFileTypes: true });
    expect(entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name)).to.deep.equal([]);
    const rows = [...Object.keys(ROOMS), ...Object.keys(TOP)];
    expect(rows).to.include.members(entries.map((entry) => entry.name));
    expect(Object.keys(ROOMS).filter((room) => !existsSync(join(ROOT, 'src', room, 'index.ts')))).to.deep.equal([]);
  });

  it('has no circle in the table itself', () => {
    const settled = new Set<string>();
    for (let round = 0; round <= Object.keys(ROOMS).length; round += 1) {
      for (const [room, rule] of Object.entries(ROOMS)) {
        if (rule.rooms.every((other) => settled.has(other))) settled.add(room);
      }
    }
    expect([...settled].toSorted()).to.deep.equal(Object.keys(ROOMS).toSorted());
  });

  it('imports only what the package it belongs to declares', () => {
    const undeclared = files.flatMap((file) => {
      const folder = file.startsWith('src/') ? '.' : file.split('/').slice(0, 2).join('/');
      const { dependencies } = readPackage(folder);
      return parseSource(file, readFileSync(join(ROOT, file), 'utf8'))
        .references.map(({ specifier }) => specifier ?? '')
        .filter((name) => !name.startsWith('.') && !isBuiltin(name) && !(packageOf(name) in dependencies))
        .map((name) => `${file}: ${name}`);
    });
    expect(undeclared).to.deep.equal([]);
  });

  it(`has no file of code longer than ${LARGEST_FILE_LINES} lines`, () => {
    const long = trackedFiles()
      .filter((file) => CODE.test(file) && existsSync(join(ROOT, file)))
      .map((file) => ({ file, lines: readFileSync(join(ROOT, file), 'utf8').split('\n').length - 1 }))
      .filter(({ lines }) => lines > LARGEST_FILE_LINES);
    expect(long).to.deep.equal([]);
  });

  describe('reports a planted', () => {
    const planted: readonly [what: string, file: string, text: string, problem: string | RegExp][] = [
      [
        'arrow that points up',
        'src/errors/a.ts',
        `import { a } from '../proxy/index.ts';`,
        /must not import the room proxy/,
      ],
      ['way past an index', 'src/proxy/a.ts', `export * from '../http/agents.ts';`, /imports http past its index.ts/],
      [
        'import of a command',
        'src/proxy/a.ts',
        `await import('../commands/run.ts');`,
        /imports commands, which nobody may/,
      ],
      [
        'command that imports a command',
        'src/commands/a.ts',
        `import b from './b.ts';`,
        /imports commands, which nobody may/,
      ],
      ['koa outside the proxy', 'src/daemon/a.ts', `import Koa from 'koa';`, /must not import koa/],
      ['node-fetch outside http', 'src/proxy/a.ts', `import fetch from 'node-fetch';`, /must not import node-fetch/],
      [
        'plugin in src',
        'src/registry/a.ts',
        `import type { a } from '@claudex/plugin-provider-demo';`,
        /plugin-provider-demo/,
      ],
      ['plugin reached by its path', 'src/proxy/a.ts', `import '../../plugins/sdk/src/index.ts';`, /leaves src/],
      [
        'oclif value in the registry',
        'src/registry/a.ts',
        `import { Config } from '@oclif/core';`,
        /more than types of @oclif\/core/,
      ],
      [
        'oclif subpath in the proxy',
        'src/proxy/a.ts',
        `import { a } from '@oclif/core/flags';`,
        /must not import @oclif\/core/,
      ],
      [
        'type import that breaks a rule',
        'src/http/a.ts',
        `type A = import('../config/index.ts').A;`,
        /the room config/,
      ],
      ['require', 'src/http/a.ts', `const a = require('koa');`, /must not import koa/],
      ['import with a computed name', 'src/http/a.ts', 'await import(name);', /name is computed/],
      [
        'builtin without its prefix',
        'src/http/a.ts',
        `import { readFile } from 'fs/promises';`,
        /without the prefix node:/,
      ],
      ['import without its ending', 'src/http/a.ts', `import { a } from './b';`, /without \.ts/],
      ['global fetch', 'src/daemon/a.ts', `const answer = await fetch('http://127.0.0.1');`, /uses fetch/],
      [
        'file access of a pure room',
        'src/router/a.ts',
        `import { readFileSync } from 'node:fs';`,
        /must not import node:fs/,
      ],
      [
        'protocol that imports src',
        'plugins/protocol-x/src/a.ts',
        `import '../../../src/http/index.ts';`,
        /leaves plugins/,
      ],
      [
        'protocol that imports Node',
        'plugins/protocol-x/src/a.ts',
        `import { Buffer } from 'node:buffer';`,
        /node:buffer/,
      ],
      ['protocol that reads the clock', 'plugins/protocol-x/src/a.ts', 'const now = Date.now();', /uses Date\.now/],
      [
        'protocol that rolls dice',
        'plugins/protocol-x/src/a.ts',
        `const roll = Math['random']();`,
        /uses Math\.random/,
      ],
      [
        'protocol that hides an effect',
        'plugins/protocol-x/src/a.ts',
        'globalThis.fetch(url);',
        /uses globalThis\.fetch/,
      ],
      ['dependency of the sdk', 'plugins/sdk/src/a.ts', `export type { Command } from '@oclif/core';`, /@oclif\/core/],
      ['kind of plugin', 'plugins/strange-x/src/a.ts', '', /lies in no room/],
      ['room', 'src/backend/a.ts', '', /lies in no room/],
    ];
    for (const [what, file, text, problem] of planted) {
      it(what, () => {
        const problems = checkImports(file, text);
        expect(problems).to.have.lengthOf(1);
        expect(problems[0]).to.match(problem instanceof RegExp ? problem : new RegExp(problem));
        expect(problems[0]).to.match(new RegExp(`^${file}:1 `));
      });
    }

    it('permission that nothing uses', () => {
      const unused = unusedPermissions([
        ['src/proxy/a.ts', `import Koa from 'koa'; import { a } from '../http/index.ts';`],
        ['src/config/a.ts', `const { parse } = await import('smol-toml'); import { join } from 'node:path';`],
      ]);
      expect(unused).to.include.members(['proxy: secure-json-parse', 'proxy: router', 'proxy: node:*', 'config: yaml']);
      const used = new Set(['proxy: koa', 'proxy: http', 'config: smol-toml', 'config: node:*']);
      expect(unused.filter((permission) => used.has(permission))).to.deep.equal([]);
    });

    it('nothing where all is well', () => {
      const good = [
        `import { failure } from '../errors/index.ts';`,
        `import type { Fault } from '@claudex/sdk';`,
        `import { createServer } from 'node:http';`,
        `import { retry } from './retry.ts';`,
        `const plan = { fetch: 1, process }; plan.fetch += 1;`,
      ].join('\n');
      expect(checkImports('src/proxy/a.ts', good)).to.deep.equal([]);
      expect(checkImports('src/registry/a.ts', `import type { Config } from '@oclif/core';`)).to.deep.equal([]);
      expect(
        checkImports('plugins/protocol-x/src/a.ts', 'const a = { Date: 1 }; a.Date; Math.floor(Date.parse(b));'),
      ).to.deep.equal([]);
    });
  });
});
