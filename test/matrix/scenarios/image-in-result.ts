import { expect } from 'chai';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Scenario } from '../support/scenario.ts';

/** One red pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

export const imageInResult: Scenario = {
  title: 'image in tool result',
  script: ({ turns }, folder) =>
    turns > 0 ? { text: 'SAW IT' } : { calls: [{ name: 'Read', input: { file_path: join(folder, 'pixel.png') } }] },
  async play({ session, seen, stage }) {
    await writeFile(join(stage.home.work, 'pixel.png'), PNG);
    expect((await session('Look at pixel.png.')).text).to.equal('SAW IT');
    expect(seen.map(({ images }) => images)).to.deep.equal([0, 1]);
    expect(seen[1]?.results).to.have.lengthOf(1);
  },
};
