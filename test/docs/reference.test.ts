import { expect } from 'chai';
import { HOOKS } from '@claudex/sdk';
import * as testing from '@claudex/sdk/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, ROOT } from '../support/source-files.ts';
import { exportedNames } from './support/exported-names.ts';
import { readDocument } from './support/named-blocks.ts';

const page = readDocument('docs/plugins/reference.md');

const contract = filesBelow(['plugins/sdk/src'], ['.ts'])
  .filter((file) => !file.startsWith('plugins/sdk/src/testing/'))
  .flatMap((file) => exportedNames(file, readFileSync(join(ROOT, file), 'utf8')));

describe('the plugin reference', () => {
  it('names everything that the contract exports', () => {
    expect(contract.map(({ name }) => name)).to.include.members(['Provider', 'HOOKS', 'defineProtocol', 'Json']);
    const missing = contract.filter(({ name }) => !isNamed(page, name) && !hasHeading(name));
    expect(missing.map(({ name }) => name)).to.deep.equal([]);
  });

  it('names every hook', () => {
    const hooks = contract.find(({ name }) => name === 'HookResults')?.members ?? [];
    expect(hooks).to.have.length(4);
    expect(hooks).to.have.members(Object.values(HOOKS));
    expect(hooks.filter((name) => !page.includes(`| \`${name}\``))).to.deep.equal([]);
  });

  it('describes every field of every interface where it describes the interface', () => {
    const interfaces = contract.filter(({ members, name }) => members.length > 0 && name !== 'HookResults');
    expect(interfaces.length).to.be.greaterThan(30);
    const missing = interfaces.flatMap(({ name, members }) => {
      const text = descriptionOf(name);
      return members.filter((member) => !isNamed(text, member)).map((member) => `${name}.${member}`);
    });
    expect(missing).to.deep.equal([]);
  });

  it('names every function for tests', () => {
    const functions = Object.keys(testing);
    expect(functions).to.include('checkGrammar');
    expect(functions.filter((name) => !isNamed(page, name))).to.deep.equal([]);
  });
});

/** As code, alone or with something behind it that cannot belong to the name. */
function isNamed(text: string, name: string): boolean {
  return new RegExp(`\`${name}[\`(<]`).test(text);
}

function hasHeading(name: string): boolean {
  return page.includes(`\n### ${name}\n`);
}

/** The part below its heading, else its row in a table, else the paragraph that speaks of it. */
function descriptionOf(name: string): string {
  if (hasHeading(name)) return page.split(`\n### ${name}\n`)[1]?.split(/^##/m)[0] ?? '';
  const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\``));
  return row ?? page.split('\n\n').find((paragraph) => paragraph.startsWith(`\`${name}\``)) ?? '';
}
