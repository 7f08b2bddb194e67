import { expect } from 'chai';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCli } from '../support/cli.ts';
import { closeAll } from '../support/close-all.ts';
import { startChatUpstream } from '../support/scripted-chat-upstream.ts';
import { KEY_VARIABLE, prepareStage, profileText, runSession, type Stage } from './support/stage.ts';

describe('two folders whose own files mean different things by one profile name', () => {
  it('are both served by a proxy that was started before, with the keys of their own shells', async () => {
    const gate = Promise.withResolvers<void>();
    let waiting = 0;
    const providers = await Promise.all(
      ['EAST', 'WEST'].map((name) =>
        startChatUpstream(async () => {
          waiting += 1;
          if (waiting === 2) gate.resolve();
          await gate.promise;
          return { text: `FROM ${name}` };
        }),
      ),
    );
    const stage = await prepareStage();
    try {
      const started = await runCli(stage.home, ['proxy', 'start', '-d']);
      expect(started.code, started.stderr).to.equal(0);
      const sessions = providers.map(async ({ url }, index) => {
        const folder = await trustedFolder(stage, `folder-${index}`, `${url}/v1`);
        const { code, result } = await runSession(stage, 'Who are you?', {
          cwd: folder,
          environment: { [KEY_VARIABLE]: `key-${index}` },
        });
        if (code !== 0) gate.resolve();
        return { code, answer: result.result };
      });

      expect(await Promise.all(sessions)).to.deep.equal([
        { code: 0, answer: 'FROM EAST' },
        { code: 0, answer: 'FROM WEST' },
      ]);
      expect(providers.map(({ requests }) => requests.map(({ headers }) => headers.authorization))).to.deep.equal([
        ['Bearer key-0'],
        ['Bearer key-1'],
      ]);
      expect(stage.home.processes()).to.have.lengthOf(1);
      expect(stage.refused.hosts).to.deep.equal([]);
    } finally {
      gate.resolve();
      await closeAll(stage, ...providers);
    }
  });
});

async function trustedFolder(stage: Stage, name: string, base_url: string): Promise<string> {
  const folder = join(stage.home.work, name);
  await mkdir(folder);
  await writeFile(join(folder, 'claudex.toml'), profileText({ provider_type: 'OpenAICompatible', base_url }));
  const trusted = await runCli(stage.home, ['trust', '--yes'], { cwd: folder });
  expect(trusted.code, trusted.stderr).to.equal(0);
  return folder;
}
