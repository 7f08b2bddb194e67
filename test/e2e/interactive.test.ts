import { expect } from 'chai';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { closeAll } from '../support/close-all.ts';
import { startChatUpstream, turnOf } from '../support/scripted-chat-upstream.ts';
import { startInTerminal } from '../support/terminal.ts';
import { expectNoKeyInClient } from './support/expect-no-leak.ts';
import { skipOnboarding } from './support/skip-onboarding.ts';
import { prepareStage, PROFILE } from './support/stage.ts';

/** The client's terminal looks for its plugin market there, whatever it is told. */
const TOLERATED_HOSTS = ['downloads.claude.ai:443', 'github.com:443'];

describe('an interactive session in a terminal', () => {
  it('shows the tool call and the answer, and leaves with exit code 0', async () => {
    let file_path = '';
    const upstream = await startChatUpstream((body) => {
      if ((body.tools ?? []).length === 0) return { text: 'ok' };
      const write = { name: 'Write', input: { file_path, content: 'typed\n' } };
      return turnOf(body) === 0 ? { text: 'Writing now.', toolCalls: [write] } : { text: 'TERMINAL ANSWER' };
    });
    const stage = await prepareStage({ provider_type: 'OpenAICompatible', base_url: `${upstream.url}/v1` });
    file_path = join(stage.home.work, 'typed.txt');
    await skipOnboarding(stage);
    const command = ['run', PROFILE, '--permission-mode', 'acceptEdits'];
    const session = startInTerminal(stage.home, command, stage.environment);
    try {
      await session.sees('accept edits on');
      await session.type('Please write that file');
      await session.sees('Write(typed.txt)');
      await session.sees('TERMINAL ANSWER');
      await session.type('/exit');
      expect(await session.exitCode()).to.equal(0);

      expect(await readFile(file_path, 'utf8')).to.equal('typed\n');
      await expectNoKeyInClient(stage);
      expect(TOLERATED_HOSTS).to.include.members([...stage.refused.hosts]);
    } finally {
      session.kill();
      await closeAll(stage, upstream);
    }
  });
});
