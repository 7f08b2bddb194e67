import { expect } from 'chai';
import type { Scenario } from '../support/scenario.ts';

export const subAgent: Scenario = {
  title: 'sub-agent',
  script: ({ userText, turns }) => {
    if (userText.includes('SUBTASK-MARK') && !userText.includes('PARENT-MARK')) return { text: 'SUB RESULT' };
    if (turns > 0) return { text: 'PARENT DONE' };
    const input = { description: 'sub', prompt: 'SUBTASK-MARK say hi', subagent_type: 'general-purpose' };
    return { calls: [{ name: 'Agent', input: { ...input, run_in_background: false } }] };
  },
  async play({ session, seen }) {
    expect((await session('PARENT-MARK: delegate this.', { tools: ['Agent'] })).text).to.equal('PARENT DONE');
    expect(seen).to.have.lengthOf(3);
    expect(seen[1]?.userText).to.include('SUBTASK-MARK').and.to.not.include('PARENT-MARK');
    expect(seen[2]?.results[0]?.text).to.include('SUB RESULT');
  },
};
