import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SpokenAnswer } from '../support/conversation.ts';
import type { Scenario } from '../support/scenario.ts';

export const toolLoop: Scenario = {
  title: 'tool loop',
  script: ({ turns }, folder) => steps(join(folder, 'proof.txt'))[turns] ?? { text: 'LOOP DONE' },
  async play({ session, seen, stage }) {
    expect((await session('Prove that your tools work.')).text).to.equal('LOOP DONE');
    expect(await readFile(join(stage.home.work, 'proof.txt'), 'utf8')).to.equal('alpha\ngamma\n');
    expect(seen).to.have.lengthOf(5);
    expect(seen.map(({ results }) => results.length)).to.deep.equal([0, 1, 2, 3, 4]);
    const last = seen[4];
    expect(last?.results.map(({ id }) => id)).to.deep.equal(last?.callIds);
    expect(last?.results[1]?.text).to.include('alpha').and.to.include('beta');
    expect(last?.results[3]?.text).to.include('2');
  },
};

function steps(file_path: string): SpokenAnswer[] {
  return [
    { text: 'I begin.', calls: [{ name: 'Write', input: { file_path, content: 'alpha\nbeta\n' } }] },
    { calls: [{ name: 'Read', input: { file_path } }] },
    { calls: [{ name: 'Edit', input: { file_path, old_string: 'beta', new_string: 'gamma' } }] },
    { calls: [{ name: 'Bash', input: { command: 'wc -l < proof.txt', description: 'Count lines' } }] },
  ];
}
