import { expect } from 'chai';
import type { Scenario } from '../support/scenario.ts';

export const resumedSession: Scenario = {
  title: 'resumed session',
  script: ({ turns }) => (turns > 0 ? { text: 'STILL HERE' } : { text: 'FIRST ANSWER' }),
  async play({ session, seen }) {
    const { text, sessionId } = await session('FIRST-QUESTION');
    expect(text).to.equal('FIRST ANSWER');
    expect((await session('SECOND-QUESTION', { args: ['--resume', sessionId] })).text).to.equal('STILL HERE');
    expect(seen).to.have.lengthOf(2);
    expect(seen[1]?.turns).to.equal(1);
    expect(seen[1]?.userText).to.match(/FIRST-QUESTION[^]*SECOND-QUESTION/);
  },
};
