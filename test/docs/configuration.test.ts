import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadConfiguration } from '../../src/config/index.ts';
import type { Keys, Kind } from '../../src/config/kinds.ts';
import {
  breakerKeys,
  historyKeys,
  profileKeys,
  retryKeys,
  timeoutKeys,
  topLevelKeys,
} from '../../src/config/schema.ts';
import { isolatedHome } from '../support/isolated-home.ts';
import { filesBelow, ROOT } from '../support/source-files.ts';
import { codeBlocks, readDocument, section } from './support/named-blocks.ts';
import { expectedRows, tableRows, type KeyRow } from './support/key-rows.ts';

const page = readDocument('docs/configuration.md');
const modelKeys = keysInside(profileKeys.models.kind);

/** The schema's words speak of more than works today; the page has its own. */
const WORDED_ANEW = new Set(['`provider_type`', '`api_key`', '`oauth_provider`']);

describe('the page about configuration', () => {
  const reserved = section(page, 'Reserved keys').split(/^- /m).slice(1);
  const [tables = '', ofProfile = ''] = reserved;
  const reservedTop = names(tables);
  const reservedOfProfile = names(ofProfile.split('\n')[0] ?? '');

  const groups: [string, string, Keys, ReadonlySet<string>][] = [
    ['the top level', section(page, 'Top-level keys'), topLevelKeys, reservedTop],
    ['a profile', section(page, 'Keys of a profile').split(/^### /m)[0] ?? '', profileKeys, reservedOfProfile],
    ['the models of a profile', section(page, 'Keys of a profile').split(/^### /m)[1] ?? '', modelKeys, new Set()],
    ['timeouts', section(page, 'Timeouts'), timeoutKeys, new Set()],
    ['retries', section(page, 'Retries'), retryKeys, new Set()],
    ['a breaker', section(page, 'Breaker'), breakerKeys, new Set()],
    ['the history', section(page, 'History'), historyKeys, new Set()],
  ];
  for (const [what, text, keys, without] of groups) {
    it(`lists the keys of ${what} with what they hold, their default and their meaning`, () => {
      const expected = expectedRows(keys, (key) => without.has(key));
      const actual = tableRows(text);
      expect(actual.map((row) => row.slice(0, 3))).to.deep.equal(expected.map((row) => row.slice(0, 3)));
      const other = actual.filter((row, index) => !hasMeaningOf(row, expected[index]));
      expect(other).to.deep.equal([]);
    });
  }

  it('calls reserved only keys that exist', () => {
    expect(reservedTop.size).to.be.greaterThan(3);
    expect(Object.keys(topLevelKeys)).to.include.members([...reservedTop]);
    expect(Object.keys(profileKeys)).to.include.members([...reservedOfProfile]);
  });

  it('calls reserved every key that nothing outside the configuration reads', () => {
    // The last one decides for other rooms what a key means.
    const own = /^src\/config\/(?!own-login\.ts)/;
    const rooms = filesBelow(['src'], ['.ts']).filter((file) => !own.test(file));
    const code = rooms.map((file) => readFileSync(join(ROOT, file), 'utf8')).join('\n');
    const isRead = (key: string): boolean => new RegExp(`\\b${key}\\b`).test(code);
    const documented = groups.flatMap(([, text]) => tableRows(text).map(([key = '']) => key.replaceAll('`', '')));
    expect(documented.length).to.be.greaterThan(30);
    expect(documented.filter((key) => !isRead(key))).to.deep.equal([]);
    expect(['top_k', ...reservedTop].filter((key) => !isRead(key))).to.include('top_k');
  });

  it('names every key that a project file may set without trust', () => {
    const keys: Keys = topLevelKeys;
    const allowed = Object.keys(keys).filter((key) => keys[key]?.untrusted === true);
    const [sentence = ''] = section(page, 'Trust').split('\n\n').slice(1);
    const listed = names(sentence.slice(0, sentence.indexOf('. Everything')));
    expect([...listed]).to.have.members(allowed);
  });

  it('shows configuration that is valid', async () => {
    const home = await isolatedHome();
    try {
      const blocks = codeBlocks(page).filter(({ language }) => language === 'toml');
      expect(blocks.length).to.be.greaterThan(1);
      for (const { text } of blocks) {
        await home.writeConfig(text);
        const sources = {
          workingFolder: home.work,
          environment: {},
          configFolder: join(home.home, '.config', 'claudex'),
        };
        const { values } = await loadConfiguration({ ...sources, stateFolder: home.root });
        expect(values.profiles).to.have.length.greaterThan(0);
      }
    } finally {
      await home.close();
    }
  });
});

function keysInside(kind: Kind): Keys {
  return kind.type === 'table' ? kind.keys : {};
}

function names(text: string): Set<string> {
  return new Set([...text.matchAll(/`(\w+)`/g)].map((match) => match[1] ?? ''));
}

function hasMeaningOf(row: readonly string[], expected: KeyRow | undefined): boolean {
  const meaning = row[3] ?? '';
  if (WORDED_ANEW.has(row[0] ?? '')) return meaning !== '';
  return expected !== undefined && meaning.startsWith(expected[3]);
}
