import { expect } from 'chai';
import type { ProfileAnswers } from '../../src/wizard/answers.ts';
import { answersOf } from '../../src/wizard/edit-changes.ts';
import { askChanges } from '../../src/wizard/edit-menu.ts';
import { asks } from '../../src/wizard/wizard.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import type { ChatRequest } from '../support/scripted-chat-upstream.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { acmeAt, wizardBench } from './support/bench.ts';
import { startKeyedUpstream } from './support/keyed-upstream.ts';
import type { ScriptedAnswer } from './support/scripted-prompts.ts';

const KEY = 'key-of-the-wizard-4711';
const MENU = 'Change what of "mine"?';
const DONE: ScriptedAnswer = { asked: MENU, answer: 'Nothing more' };

describe('the menu of what to change', () => {
  const folder = temporaryFolder();
  let upstream: RecordingServer<ChatRequest>;
  beforeEach(async () => (upstream = await startKeyedUpstream(KEY)));
  afterEach(() => upstream.close());

  const change = async (...script: ScriptedAnswer[]): Promise<ProfileAnswers> => {
    const own = `provider_type = "OpenAICompatible"\nbase_url = "${upstream.url}/v1"\napi_key = "${KEY}"\n`;
    const toml = `[[profiles]]\nname = "mine"\n${own}default_model = "m"\n[[profiles]]\nname = "other"\nprovider = "acme"\n`;
    const providers = [acmeAt(`${upstream.url}/v1`)];
    const bench = await wizardBench({ toml, providers, script: [...script, DONE], folder: folder() });
    try {
      const [profile] = bench.loaded.values.profiles;
      if (profile === undefined || !asks(bench.wizard)) throw new Error('there is nothing to change');
      const answers = await askChanges(answersOf(profile), bench.wizard);
      expect(bench.left()).to.equal(0);
      return answers;
    } finally {
      await bench.close();
    }
  };

  it('changes nothing when nothing is chosen', async () => {
    expect(await change()).to.include({ name: 'mine', model: 'm' });
  });

  it('changes one part and keeps the others', async () => {
    const answers = await change(
      { asked: MENU, answer: 'Key' },
      { asked: 'API key', answer: 'Name an environment variable' },
      { asked: 'Name of the variable', answer: 'MY_KEY' },
    );
    expect(answers).to.deep.include({ model: 'm', key: { from: 'variable', variable: 'MY_KEY' } });
  });

  it('chooses the models of the slots out of the list of the provider', async () => {
    const answers = await change(
      { asked: MENU, answer: 'Models of haiku' },
      { asked: "Claude Code's haiku, sonnet and opus", answer: 'Choose each' },
      { asked: 'Model for haiku', answer: 'acme-small' },
      { asked: 'Model for sonnet' },
      { asked: 'Model for opus', answer: 'acme-large' },
    );
    expect(answers).to.deep.include({ model: 'm', slots: { haiku: 'acme-small', sonnet: 'm', opus: 'acme-large' } });
  });

  it('asks for key and models anew with another provider, so that no key goes where it does not belong', async () => {
    const answers = await change(
      { asked: MENU, answer: 'Provider' },
      { asked: 'Provider', answer: 'Acme' },
      { asked: 'API key', answer: 'Paste it, kept in a private file' },
      { asked: 'Paste the key', answer: KEY },
      { asked: 'Default model' },
      { asked: "Claude Code's haiku, sonnet and opus" },
    );
    expect(answers).to.not.have.property('baseUrl');
    expect(answers).to.deep.include({ provider: 'acme', key: { from: 'keyring', secret: KEY }, model: 'acme-large' });
  });

  it('offers all other profiles as backups', async () => {
    const answers = await change(
      { asked: MENU, answer: 'Profiles to fail over to' },
      { asked: 'Profiles to fail over to', answer: ['other'] },
    );
    expect(answers.backups).to.deep.equal(['other']);
  });
});
