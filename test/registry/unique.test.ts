import { expect } from 'chai';
import { unique, type Contribution } from '../../src/registry/unique.ts';

interface Words {
  readonly id: string;
  readonly words: readonly string[];
}

const claim = (plugin: string, id: string, bundled: boolean, ...words: string[]): Contribution<Words> => ({
  plugin,
  bundled,
  descriptor: { id, words: words.length > 0 ? words : [id] },
});

function judge(...claims: Contribution<Words>[]): { kept: string[]; warnings: string[] } {
  const warnings: string[] = [];
  const kept = unique('word', claims, ({ words }) => words, warnings);
  return { kept: kept.map(({ plugin, descriptor }) => `${plugin}/${descriptor.id}`), warnings };
}

describe('words that only one plugin may claim', () => {
  it('keep all contributions that claim different ones, ordered by id', () => {
    expect(judge(claim('b', 'z', false), claim('a', 'y', true))).to.deep.equal({ kept: ['a/y', 'b/z'], warnings: [] });
  });

  it('stay with the bundled plugin, whoever else claims them', () => {
    const { kept, warnings } = judge(claim('theirs', 'demo', false), claim('ours', 'demo', true));
    expect(kept).to.deep.equal(['ours/demo']);
    expect(warnings).to.deep.equal(['word "demo" of theirs was left out: the bundled ours defines it']);
  });

  it('go to neither of two others', () => {
    const { kept, warnings } = judge(claim('b', 'x', false), claim('a', 'x', false), claim('a', 'own', false));
    expect(kept).to.deep.equal(['a/own']);
    expect(warnings).to.deep.equal(['word "x" was left out: a and b both define it; uninstall one of them']);
  });

  it('may be others than the id', () => {
    const { kept } = judge(claim('theirs', 'aaa', false, 'Mine', 'Ours'), claim('ours', 'zzz', true, 'Ours'));
    expect(kept).to.deep.equal(['ours/zzz']);
  });
});
