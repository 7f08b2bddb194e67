import { expect } from 'chai';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { closeAll } from '../support/close-all.ts';
import { startChatUpstream } from '../support/scripted-chat-upstream.ts';
import { serve } from '../support/serve.ts';
import { startInTerminal } from '../support/terminal.ts';
import { skipOnboarding } from './support/skip-onboarding.ts';
import { MODEL, prepareStage, PROFILE, runSession } from './support/stage.ts';

const DOWN = '\u001b[B';

describe('settings of the user and of the project', () => {
  it('neither lead the client elsewhere nor change, whatever they say', async () => {
    const upstream = await startChatUpstream((body) => ({ text: `I am ${body.model}` }));
    const elsewhere = await serve((_request, response) => void response.end('{}'));
    const stage = await prepareStage({ provider_type: 'OpenAICompatible', base_url: `${upstream.url}/v1` });
    const helper = join(stage.home.root, 'helper-ran');
    const env = {
      ANTHROPIC_BASE_URL: elsewhere.url,
      ANTHROPIC_AUTH_TOKEN: 'their-token',
      ANTHROPIC_API_KEY: 'their-key',
      ANTHROPIC_MODEL: 'their-model',
      ANTHROPIC_DEFAULT_OPUS_MODEL: 'their-opus',
      ANTHROPIC_DEFAULT_SONNET_MODEL: 'their-sonnet',
      ANTHROPIC_DEFAULT_HAIKU_MODEL: 'their-haiku',
    };
    const settings = JSON.stringify({ env, model: 'their-setting', apiKeyHelper: `touch '${helper}'; echo their-key` });
    const files = [stage.home.home, stage.home.work].map((folder) => join(folder, '.claude', 'settings.json'));
    try {
      for (const file of files) {
        await mkdir(join(file, '..'));
        await writeFile(file, settings);
      }
      const { code, result } = await runSession(stage, 'Who are you?');
      expect({ code, said: result.result }).to.deep.equal({ code: 0, said: `I am ${MODEL}` });
      expect(upstream.requests.map(({ body }) => body.model)).to.deep.equal([MODEL]);
      expect(elsewhere.seen).to.deep.equal([]);
      expect(existsSync(helper)).to.equal(false);
      for (const file of files) expect(await readFile(file, 'utf8')).to.equal(settings);
    } finally {
      await closeAll(stage, upstream);
      await elsewhere.stop();
    }
  });
});

describe('/model in a terminal', () => {
  it('lists the models of the profile, and the one that is chosen answers, with the window of the profile', async () => {
    const upstream = await startChatUpstream((body) => ({ text: `I am ${body.model}` }));
    const stage = await prepareStage({
      provider_type: 'OpenAICompatible',
      base_url: `${upstream.url}/v1`,
      more: 'context_window = 400000\nmodels = { haiku = "small-one", opus = "big/one" }\n',
    });
    await skipOnboarding(stage);
    const session = startInTerminal(stage.home, ['run', PROFILE], stage.environment);
    try {
      await session.sees('shift+tab to cycle');
      await session.type('/model');
      for (const entry of [MODEL, 'small-one', 'big/one']) await session.sees(`${entry} · ${PROFILE}`);
      await session.sees('currently big/one)');
      for (const entry of ['small-one', `${MODEL} · ${PROFILE}`, `small-one · ${PROFILE}`]) {
        session.press(DOWN);
        await session.sees(`❯ ${entry}`);
      }
      session.press('\r');
      await session.sees(`Set model to small-one · ${PROFILE}`);
      await session.type('Who are you?');
      await session.sees('I am small-one');
      await session.type('/context');
      await session.sees('/400k tokens');
      await session.type('/exit');
      expect(await session.exitCode()).to.equal(0);
      expect(session.screen()).to.match(new RegExp(`claudex run ${PROFILE} --resume [\\w-]{36}`));
    } finally {
      session.kill();
      await closeAll(stage, upstream);
    }
  });
});
