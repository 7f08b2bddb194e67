import { expect } from 'chai';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { closeAll } from '../support/close-all.ts';
import { runCli } from '../support/cli.ts';
import { contentText, startChatUpstream, type ChatRequest } from '../support/scripted-chat-upstream.ts';
import { expectNoKeyInClient } from './support/expect-no-leak.ts';
import { prepareStage, runSession, type Stage } from './support/stage.ts';

describe('two sessions at the same time', () => {
  it('share one proxy, which serves the second after the first has ended', async () => {
    const firstEnded = Promise.withResolvers<void>();
    const secondAsked = Promise.withResolvers<void>();
    const upstream = await startChatUpstream(async (body) => {
      if (isAbout(body, 'FIRST-SESSION')) {
        await secondAsked.promise;
        return { text: 'FIRST DONE' };
      }
      secondAsked.resolve();
      await firstEnded.promise;
      return { text: 'SECOND DONE' };
    });
    const stage = await prepareStage({ provider_type: 'OpenAICompatible', base_url: `${upstream.url}/v1` });
    try {
      const folders = await Promise.all(['first', 'second'].map((name) => workFolder(stage, name)));
      const first = runSession(stage, 'FIRST-SESSION', { cwd: folders[0] }).finally(() => firstEnded.resolve());
      const second = runSession(stage, 'SECOND-SESSION', { cwd: folders[1] }).finally(() => secondAsked.resolve());

      expect((await first).result).to.include({ is_error: false, result: 'FIRST DONE' });
      expect((await second).result).to.include({ is_error: false, result: 'SECOND DONE' });
      expect([(await first).code, (await second).code]).to.deep.equal([0, 0]);
      expect(upstream.requests).to.have.lengthOf(2);

      await expectNoKeyInClient(stage, 2);
      expect(stage.refused.hosts).to.deep.equal([]);
      await expectOneProxy(stage);
    } finally {
      await closeAll(stage, upstream);
    }
  });
});

function isAbout(body: ChatRequest, word: string): boolean {
  return body.messages.some((message) => message.role === 'user' && contentText(message.content).includes(word));
}

async function workFolder(stage: Stage, name: string): Promise<string> {
  const folder = join(stage.home.work, name);
  await mkdir(folder);
  return folder;
}

async function expectOneProxy(stage: Stage): Promise<void> {
  const { code, stdout } = await runCli(stage.home, ['proxy', 'status', '--json']);
  expect(code).to.equal(0);
  const { running, pid } = JSON.parse(stdout);
  expect(running).to.equal(true);
  expect(stage.home.processes().map((found) => found.pid)).to.deep.equal([pid]);
}
