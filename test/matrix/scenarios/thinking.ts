import { expect } from 'chai';
import type { Scenario } from '../support/scenario.ts';

/** Chat hands back the text, the others what stands beside it: both must be what the provider said. */
const STATE = 'I should list the files first.';

export const thinking: Scenario = {
  title: 'thinking on',
  script: ({ turns }) =>
    turns > 0
      ? { text: 'THOUGHT ABOUT IT' }
      : {
          reasoning: { text: STATE, state: STATE },
          calls: [{ name: 'Bash', input: { command: 'ls', description: 'List files' } }],
        },
  async play({ session, seen, stage }) {
    const first = await session('Think first.');
    expect(first.text).to.equal('THOUGHT ABOUT IT');
    expect(seen[0]?.effort).to.not.equal(undefined);
    expect(seen.map(({ states }) => states)).to.deep.equal([[], [STATE]]);
    // The state lives in the client's history alone: a new proxy hands it back, too.
    await stage.stopProxy();
    await session('Go on.', { args: ['--resume', first.sessionId] });
    expect(seen[2]?.states).to.deep.equal([STATE]);
  },
};
