import { expect } from 'chai';
import type { Scenario } from '../support/scenario.ts';

export const brokenStream: Scenario = {
  title: 'broken stream',
  script: ({ streamed }) =>
    streamed ? { text: 'This sentence will never be finished by anybody.', cut: true } : { text: 'SAID IN ONE PIECE' },
  async play({ session, seen }) {
    expect((await session('Say something.')).text).to.equal('SAID IN ONE PIECE');
    expect(seen.map(({ streamed }) => streamed)).to.deep.equal([true, false]);
  },
};
