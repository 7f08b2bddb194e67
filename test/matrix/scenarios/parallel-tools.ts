import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Scenario } from '../support/scenario.ts';

const WORDS = ['one', 'two', 'three'];

export const parallelTools: Scenario = {
  title: 'parallel tools',
  script: ({ turns }) =>
    turns > 0
      ? { text: 'ALL THREE' }
      : {
          text: 'Three at once.',
          calls: WORDS.map((word) => ({
            name: 'Bash',
            input: { command: `echo ${word} > ${word}.txt && echo printed-${word}`, description: `Write ${word}` },
          })),
        },
  async play({ session, seen, stage }) {
    expect((await session('Do three things at once.')).text).to.equal('ALL THREE');
    for (const word of WORDS)
      expect(await readFile(join(stage.home.work, `${word}.txt`), 'utf8')).to.equal(`${word}\n`);
    expect(seen).to.have.lengthOf(2);
    const results = seen[1]?.results ?? [];
    const callIds = seen[1]?.callIds ?? [];
    expect(new Set(callIds).size).to.equal(3);
    expect(results.map(({ id }) => id)).to.deep.equal(callIds);
    expect(results.map(({ text }) => text.trim())).to.deep.equal(WORDS.map((word) => `printed-${word}`));
  },
};
