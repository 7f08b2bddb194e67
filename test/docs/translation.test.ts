import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, pluginFolders, ROOT } from '../support/source-files.ts';
import { answerParts, blockParts, requestParts } from './support/canonical-names.ts';
import { tableRows } from './support/key-rows.ts';
import { lossSites, type LossSite, type Source } from './support/loss-words.ts';
import { readDocument, section } from './support/named-blocks.ts';

const page = readDocument('docs/translation.md');

/** Where losses are recorded, by the name that the page has for it. */
const PLACES: { readonly [folder: string]: string } = {
  'plugins/sdk/src/codec': 'sdk',
  'plugins/protocol-anthropic-messages/src': 'Anthropic',
  'plugins/protocol-openai-chat/src': 'Chat',
  'plugins/protocol-openai-responses/src': 'Responses',
  'plugins/protocol-google-gemini/src': 'Gemini',
  'src/proxy': 'proxy',
};

const PROTOCOLS = ['anthropic-messages', 'openai-chat', 'openai-responses', 'google-gemini'];

const sources = Object.entries(PLACES).flatMap(([folder, place]) =>
  filesBelow([folder], ['.ts']).map((file): Source => ({ file, place, text: readFileSync(join(ROOT, file), 'utf8') })),
);
const sites = lossSites(sources);

describe('the page about translation', () => {
  it('speaks of every bundled protocol', () => {
    const bundled = pluginFolders().filter((name) => name.startsWith('protocol-'));
    expect(PROTOCOLS.map((id) => `protocol-${id}`)).to.have.members(bundled);
    expect(Object.keys(PLACES)).to.include.members(bundled.map((name) => `plugins/${name}/src`));
  });

  for (const protocol of PROTOCOLS) {
    it(`says for ${protocol} what becomes of every part of a request`, () => {
      expect(names(table(protocol, 'Requests'))).to.deep.equal(requestParts());
      expect(names(table(protocol, 'Blocks'))).to.deep.equal(blockParts());
    });

    it(`says for ${protocol} where every part of an answer comes from`, () => {
      expect(names(table(protocol, 'Answers'))).to.deep.equal(answerParts());
    });

    it(`leaves no cell empty for ${protocol}`, () => {
      const rows = ['Requests', 'Blocks', 'Answers'].flatMap((title) => table(protocol, title));
      expect(rows.filter(([, what = '']) => what === '')).to.deep.equal([]);
    });
  }

  it('lists every loss with its kinds and places, and none that the code does not record', () => {
    const words = sites.filter(({ feature }) => !feature.startsWith('{'));
    expect(words.length).to.be.greaterThan(30);
    expect(lossRows('Losses')).to.deep.equal(rowsOf(words));
  });

  it('lists every loss whose word is computed', () => {
    const computed = sites.filter(({ feature }) => feature.startsWith('{'));
    expect(lossRows('Losses with a word that is computed')).to.deep.equal(
      rowsOf(computed.map((site) => ({ ...site, feature: site.feature.slice(1, -1).replaceAll('`', '') }))),
    );
  });

  it('would be reported for a loss that it does not know', () => {
    const text = `
      class Log { lost(kind: string, word: string) { this.all.push({ kind, path: 'x', feature: word, reason: 'R.' }); } }
      function dropped(word: string, log: Log) { log.lost('dropped', word); }
      const wordOf = (a: boolean) => { return a ? 'first' : undefined; };
      export function encode(log: Log, names: string[], emitter: { lost(a: string, b: string): void }) {
        dropped('second', log);
        const word = wordOf(true);
        log.lost(names.length > 0 ? 'degraded' : 'adjusted', word);
        for (const name of names) dropped(name, log);
        emitter.lost('close', 'third');
      }`;
    const found = lossSites([{ file: 'a.ts', text, place: 'here' }]);
    expect(found.map(({ kind, feature }) => `${kind} ${feature}`).toSorted()).to.deep.equal([
      'adjusted first',
      'degraded first',
      'dropped second',
      'dropped {name}',
    ]);
  });
});

function table(protocol: string, title: string): string[][] {
  const part = section(page, protocol).split(/^### /m);
  const found = part.find((text) => text.startsWith(`${title}\n`));
  if (found === undefined) throw new Error(`${protocol} has no heading ${title}`);
  return tableRows(found);
}

/** What stands in code in the first cell of each row. */
function names(rows: readonly string[][]): string[] {
  return rows.map(([cell = '']) => /^`(.+)`$/.exec(cell)?.[1] ?? cell);
}

/** Word, kinds and places, as the page has them; the reason must not be empty. */
function lossRows(title: string): string[] {
  return tableRows(section(page, title)).map(([word = '', kinds = '', places = '', why = '']) =>
    [word.replaceAll('`', ''), kinds, places, why === '' ? 'no reason' : ''].join(' | '),
  );
}

/** The rows that the code asks for, in alphabetical order. */
function rowsOf(found: readonly LossSite[]): string[] {
  const words = [...new Set(found.map(({ feature }) => feature))].toSorted();
  return words.map((word) => {
    const of = found.filter(({ feature }) => feature === word);
    const kinds = ['dropped', 'degraded', 'adjusted'].filter((one) => of.some(({ kind }) => kind === one));
    const places = Object.values(PLACES).filter((one) => of.some(({ place }) => place === one));
    return [word, kinds.join(', '), places.join(', '), ''].join(' | ');
  });
}
