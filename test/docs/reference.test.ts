import { expect } from 'chai';
import { HOOKS } from '@claudex/sdk';
import * as testing from '@claudex/sdk/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, ROOT } from '../support/source-files.ts';
import { exportedNames, reexportedNames, type ExportedName } from './support/exported-names.ts';
import { tableRows } from './support/key-rows.ts';
import { readDocument, section } from './support/named-blocks.ts';
import { quirkUses } from './support/quirk-uses.ts';

const page = readDocument('docs/plugins/reference.md');

/** What the modules beside `index.ts` declare; building blocks and test tools have entries of their own. */
const contract = filesBelow(['plugins/sdk/src'], ['.ts'])
  .filter((file) => !/^plugins\/sdk\/src\/(?:codec|testing)\//.test(file))
  .flatMap(declarationsOf);

describe('the plugin reference', () => {
  it('names everything that the contract exports', () => {
    expect(contract.map(({ name }) => name)).to.include.members(['Provider', 'HOOKS', 'defineProtocol', 'Json']);
    const missing = contract.filter(({ name }) => !isNamed(page, name) && !hasHeading(name));
    expect(missing.map(({ name }) => name)).to.deep.equal([]);
  });

  it('names every hook', () => {
    const hooks = contract.find(({ name }) => name === 'HookResults')?.members ?? [];
    expect(hooks).to.have.length(5);
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

  it('says of every quirk who applies it', () => {
    const quirks = contract.find(({ name }) => name === 'Quirks')?.members ?? [];
    const rows = tableRows(descriptionOf('Quirks'));
    expect(rows.map(([cell = '']) => namesIn(cell)[0])).to.deep.equal(quirks);
    expect(rows.map(([cell = '', , by = '']) => `${cell} ${by}`)).to.deep.equal(
      quirks.map((quirk) => `\`${quirk}\` ${appliersOf(quirk).join(', ')}`),
    );
  });

  it('has one line for every building block, and for nothing else', () => {
    const entry = 'plugins/sdk/src/codec/index.ts';
    const blocks = reexportedNames(entry, readFileSync(join(ROOT, entry), 'utf8'));
    expect(blocks).to.include.members(['LossLog', 'sealState', 'StateKey']);
    const rows = tableRows(section(page, 'Building blocks'));
    expect(rows.flatMap(([cell = '']) => namesIn(cell)).toSorted(alphabetically)).to.deep.equal(
      blocks.toSorted(alphabetically),
    );
    expect(rows.filter(([, purpose = '']) => purpose === '')).to.deep.equal([]);
  });

  it('names every tool for tests, and every option of the conformance suite', () => {
    const entry = 'plugins/sdk/src/testing/index.ts';
    const tools = reexportedNames(entry, readFileSync(join(ROOT, entry), 'utf8'));
    expect(tools).to.include.members(Object.keys(testing));
    const text = section(page, 'Testing a plugin');
    expect(tools.filter((name) => !isNamed(text, name))).to.deep.equal([]);
    const options = declarationsOf('plugins/sdk/src/testing/conformance/conformance.ts').find(
      ({ name }) => name === 'ConformanceOptions',
    );
    expect(options?.members).to.include('streams');
    expect(options?.members.filter((member) => !text.includes(`| \`${member}\``))).to.deep.equal([]);
  });
});

/** Where quirks are applied, by the name that the page has for it. */
const APPLIERS: { readonly [name: string]: string } = {
  Chat: 'plugins/protocol-openai-chat/src',
  Responses: 'plugins/protocol-openai-responses/src',
  Gemini: 'plugins/protocol-google-gemini/src',
  Anthropic: 'plugins/protocol-anthropic-messages/src',
  'the proxy': 'src/proxy',
};

/** Building blocks that apply quirks for whoever calls them. */
const APPLYING_BLOCKS: { readonly [name: string]: readonly string[] } = {
  quirksInForce: ['withTools', 'whileReasoning'],
  withFieldQuirks: ['extraFields', 'omitFields'],
};

const uses = Object.entries(APPLIERS).map(([name, folder]) => {
  const files = filesBelow([folder], ['.ts']);
  const texts = files.map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));
  const called = Object.entries(APPLYING_BLOCKS).filter(([block]) =>
    texts.some(({ text }) => text.includes(`${block}(`)),
  );
  return {
    name,
    quirks: [...texts.flatMap(({ file, text }) => quirkUses(file, text)), ...called.flatMap(([, all]) => all)],
  };
});

function appliersOf(quirk: string): string[] {
  return uses.filter(({ quirks }) => quirks.includes(quirk)).map(({ name }) => name);
}

function declarationsOf(file: string): ExportedName[] {
  return exportedNames(file, readFileSync(join(ROOT, file), 'utf8'));
}

/** The names in a cell that stand in code, without what a call or a type takes. */
function namesIn(cell: string): string[] {
  return [...cell.matchAll(/`(\w+)/g)].map(([, name = '']) => name);
}

function alphabetically(one: string, other: string): number {
  return one < other ? -1 : 1;
}

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
