import { expect } from 'chai';
import type { Scenario } from '../support/scenario.ts';

const ANSWER = 'Grüße — 你好, 👋🏽. Twelve lines follow.';

export const text: Scenario = {
  title: 'text',
  script: () => ({ text: ANSWER }),
  async play({ session, seen }) {
    expect((await session('PROMPT-MARK: greet me in three scripts.')).text).to.equal(ANSWER);
    expect(seen).to.have.lengthOf(1);
    expect(seen[0]).to.deep.include({ turns: 0, streamed: true });
    expect(seen[0]?.userText).to.include('PROMPT-MARK');
    expect(seen[0]?.tools).to.include.members(['Bash', 'Read', 'Edit', 'Write']);
  },
};
