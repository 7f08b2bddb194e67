import { expect } from 'chai';
import type { Scenario } from '../support/scenario.ts';

const SUMMARY = 'SUMMARY-MARK: three files were counted.';

export const compaction: Scenario = {
  title: 'compaction after overflow',
  script: ({ userText, turns }) => {
    if (/<summary>/i.test(lastLines(userText)))
      return { text: `<analysis>a</analysis>\n<summary>${SUMMARY}</summary>` };
    if (userText.includes('SUMMARY-MARK')) return { text: 'GOES ON' };
    if (turns >= 3) return { overflow: { tokens: 130_000, maximum: 128_000 } };
    return { calls: [{ name: 'Bash', input: { command: `seq 1 1500; echo ${turns}`, description: 'Count' } }] };
  },
  async play({ session, seen }) {
    expect((await session('Count for a while.')).text).to.equal('GOES ON');
    const last = seen.at(-1);
    expect(last?.userText).to.include(SUMMARY);
    expect(last?.turns).to.be.lessThan(3);
  },
};

/** The client asks for a summary in its last message; a summary it got stands earlier. */
function lastLines(text: string): string {
  return text.includes('SUMMARY-MARK') ? '' : text.slice(-8000);
}
