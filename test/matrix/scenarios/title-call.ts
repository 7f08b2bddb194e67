import { expect } from 'chai';
import { skipOnboarding } from '../../e2e/support/skip-onboarding.ts';
import { PROFILE } from '../../e2e/support/stage.ts';
import { startInTerminal } from '../../support/terminal.ts';
import { waitUntil } from '../../support/wait-until.ts';
import type { Scenario } from '../support/scenario.ts';

/** Where the client's terminal looks for plugins, flags and news when it may; the proxy of the stage refuses all. */
const TOLERATED_HOSTS = /(?:^|\.)(?:claude\.ai|claude\.com|anthropic\.com|github\.com|githubusercontent\.com):443$/;

export const titleCall: Scenario = {
  title: 'title call',
  script: ({ asksForShape }) =>
    asksForShape ? { text: JSON.stringify({ title: 'Mending the fence' }) } : { text: 'FENCE MENDED' },
  async play({ stage, seen }) {
    await skipOnboarding(stage);
    const { CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: _quiet, ...environment } = stage.environment;
    const terminal = startInTerminal(stage.home, ['run', PROFILE, '--permission-mode', 'acceptEdits'], environment);
    try {
      await terminal.sees('accept edits on');
      await terminal.type('Please mend the fence');
      await terminal.sees('FENCE MENDED');
      await waitUntil('the call for a title', () => seen.some(({ asksForShape }) => asksForShape));
      await terminal.type('/exit');
      expect(await terminal.exitCode()).to.equal(0);
    } finally {
      terminal.kill();
    }
    const title = seen.find(({ asksForShape }) => asksForShape);
    expect(title?.tools).to.deep.equal([]);
    expect(title?.userText).to.include('mend the fence');
    for (const host of stage.refused.hosts) expect(host).to.match(TOLERATED_HOSTS);
  },
};
