import { expect } from 'chai';
import { closeAll } from '../support/close-all.ts';
import { runCli } from '../support/cli.ts';
import { startChatUpstream } from '../support/scripted-chat-upstream.ts';
import { prepareStage, runSession, type Stage } from './support/stage.ts';

describe('a session whose proxy goes away in the middle of an answer', () => {
  /** Runs a session; `interfere` is called when its first request has reached the provider, which then answers. */
  async function sessionWith(interfere: (stage: Stage) => Promise<void>) {
    const asked = Promise.withResolvers<void>();
    const mayAnswer = Promise.withResolvers<void>();
    const upstream = await startChatUpstream(async (_body, n) => {
      if (n === 0) {
        asked.resolve();
        await mayAnswer.promise;
      }
      return { text: `ANSWER ${n}` };
    });
    const stage = await prepareStage({ provider_type: 'OpenAICompatible', base_url: `${upstream.url}/v1` });
    try {
      const session = runSession(stage, 'Say something.', { environment: { CLAUDE_CODE_MAX_RETRIES: '5' } });
      await asked.promise;
      await interfere(stage);
      mayAnswer.resolve();
      const { code, result, stderr } = await session;
      const { daemons } = JSON.parse((await runCli(stage.home, ['proxy', 'status', '--json'])).stdout);
      return { code, result, stderr, daemons, requests: upstream.requests.length };
    } finally {
      mayAnswer.resolve();
      await closeAll(stage, upstream);
    }
  }

  it('goes on when it was killed: it comes back, and the client asks again', async () => {
    const { code, result, stderr, daemons, requests } = await sessionWith(async ({ home }) => {
      const { pid } = JSON.parse((await runCli(home, ['proxy', 'status', '--json'])).stdout);
      process.kill(pid, 'SIGKILL');
    });
    expect(result).to.include({ is_error: false, result: 'ANSWER 1' });
    expect([code, requests]).to.deep.equal([0, 2]);
    expect(stderr).not.to.match(/proxy/i);
    expect(daemons).to.have.lengthOf(1);
  });

  it('notices nothing when it is restarted', async () => {
    const { code, result, stderr, daemons, requests } = await sessionWith(async ({ home }) => {
      expect(await runCli(home, ['proxy', 'restart'])).to.include({ code: 0 });
    });
    expect(result).to.include({ is_error: false, result: 'ANSWER 0' });
    expect([code, requests]).to.deep.equal([0, 1]);
    expect(stderr).not.to.match(/proxy/i);
    expect(daemons).to.have.lengthOf(1);
  });
});
