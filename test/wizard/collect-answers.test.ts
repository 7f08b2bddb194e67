import { expect } from 'chai';
import type { GivenAnswers, ProfileAnswers } from '../../src/wizard/answers.ts';
import { collectAnswers, type TestMode } from '../../src/wizard/collect-answers.ts';
import { freePort } from '../support/free-port.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import { refusalOf } from '../support/refusal-of.ts';
import { startChatUpstream, type ChatRequest } from '../support/scripted-chat-upstream.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { acmeAt, wizardBench, type Bench, type BenchSettings } from './support/bench.ts';
import { startKeyedUpstream } from './support/keyed-upstream.ts';

const KEY = 'key-of-the-wizard-4711';
const SLOTS = { asked: "Claude Code's haiku, sonnet and opus" };
const NOTHING: GivenAnswers = { slots: {}, keyring: false };

describe('the questions about a new profile', () => {
  const folder = temporaryFolder();
  let upstream: RecordingServer<ChatRequest>;
  let bench: Bench | undefined;
  beforeEach(async () => (upstream = await startKeyedUpstream(KEY)));
  afterEach(async () => {
    await bench?.close();
    bench = undefined;
    await upstream.close();
  });

  const collect = async (
    settings: Omit<BenchSettings, 'folder'>,
    given: Partial<GivenAnswers> = {},
    test: TestMode = 'stop',
  ): Promise<ProfileAnswers> => {
    bench = await wizardBench({ ...settings, folder: folder() });
    const { answers } = await collectAnswers({ ...NOTHING, ...given }, bench.wizard, test);
    expect(bench.left()).to.equal(0);
    return answers;
  };

  it('begin with the provider; everything that it proposes is taken with Enter', async () => {
    const script = [
      { asked: 'Provider', answer: 'Acme' },
      { asked: 'Name of the profile' },
      { asked: 'API key', answer: 'Use ACME_KEY, which is set' },
      { asked: 'Default model' },
      SLOTS,
    ];
    const providers = [acmeAt(`${upstream.url}/v1`)];
    const answers = await collect({ script, providers, environment: { ACME_KEY: KEY } });
    expect(answers).to.deep.equal({
      name: 'acme',
      provider: 'acme',
      key: { from: 'variable', variable: 'ACME_KEY' },
      model: 'acme-large',
      slots: { haiku: 'acme-small', sonnet: 'acme-large', opus: 'acme-large' },
      backups: [],
    });
  });

  it('offer no guess for the slots that is the default model for all of them', async () => {
    const script = [
      { asked: 'Default model', answer: 'acme-large' },
      { ...SLOTS, offers: ['acme-large for all of them', 'Choose each'] },
    ];
    const given = {
      name: 'mine',
      providerType: 'OpenAICompatible',
      baseUrl: `${upstream.url}/v1`,
      key: { from: 'file', secret: KEY },
    } as const;
    const { slots } = await collect({ script }, given);
    expect(slots).to.deep.equal({ haiku: 'acme-large', sonnet: 'acme-large', opus: 'acme-large' });
  });

  it('leave out what was given', async () => {
    const given = {
      name: 'mine',
      provider: 'acme',
      key: { from: 'file', secret: KEY },
      model: 'acme-small',
      slots: { haiku: 'a', sonnet: 'b', opus: 'c' },
      backups: [],
    } as const;
    const answers = await collect({ script: [], providers: [acmeAt(`${upstream.url}/v1`)] }, given);
    expect(answers).to.deep.equal(given);
  });

  it('ask for a variable by its usual name, and correct what is wrong with the key by asking again', async () => {
    const script = [
      { asked: 'API key', answer: 'Name an environment variable' },
      { asked: 'Name of the variable' },
      { asked: 'What now?', answer: 'Enter another key' },
      { asked: 'API key', answer: 'Paste it, kept in a private file' },
      { asked: 'Paste the key', answer: KEY },
      { asked: 'Default model', answer: 'acme-small' },
      { ...SLOTS, answer: 'acme-small for all of them' },
    ];
    const providers = [acmeAt(`${upstream.url}/v1`)];
    const answers = await collect({ script, providers }, { name: 'a', provider: 'acme' });
    expect(answers.key).to.deep.equal({ from: 'keyring', secret: KEY });
    expect(answers.slots).to.deep.equal({ haiku: 'acme-small', sonnet: 'acme-small', opus: 'acme-small' });
    expect(bench?.told.join('\n')).to.contain('ACME_KEY').and.not.contain(KEY);
  });

  it('let an address be corrected', async () => {
    const script = [
      { asked: 'What now?', answer: 'Correct the address' },
      { asked: 'Address', answer: `${upstream.url}/v1` },
      { asked: 'Default model', answer: 'acme-large' },
      SLOTS,
    ];
    const wrong = { baseUrl: `http://127.0.0.1:${await freePort()}/v1`, providerType: 'OpenAICompatible' };
    const answers = await collect({ script }, { name: 'a', key: { from: 'file', secret: KEY }, ...wrong });
    expect(answers).to.include({ baseUrl: `${upstream.url}/v1`, model: 'acme-large' });
  });

  it('go on with what does not work when that is wanted', async () => {
    const script = [{ asked: 'What now?', answer: 'Go on as it is' }, { asked: 'Default model', answer: 'm' }, SLOTS];
    const given = { baseUrl: `${upstream.url}/v1`, providerType: 'OpenAICompatible', name: 'a' };
    const answers = await collect({ script }, { ...given, key: { from: 'file', secret: 'another-key' } });
    expect(answers).to.include({ model: 'm' });
  });

  it('test a server without a list of models once its model is known', async () => {
    const plain = await startChatUpstream((body) =>
      body.model === 'right' ? { text: 'hello' } : { status: 404, body: { error: { message: 'no such model' } } },
    );
    try {
      const script = [
        { asked: 'API key', answer: 'No key' },
        { asked: 'Default model', answer: 'right' },
        SLOTS,
        { asked: 'Profiles to fail over to', answer: ['other'] },
      ];
      const toml = '[[profiles]]\nname = "other"\nprovider = "demo"\n';
      const given = { baseUrl: `${plain.url}/v1`, providerType: 'OpenAICompatible', name: 'a' };
      const answers = await collect({ script, toml }, given);
      expect(answers).to.deep.include({ model: 'right', key: { from: 'nowhere' }, backups: ['other'] });
      expect(bench?.told.at(-1)).to.match(/^It works/);
    } finally {
      await plain.close();
    }
  });

  it('are answered by defaults where nobody is asked', async () => {
    const given = { baseUrl: 'http://127.0.0.1:9/v1', model: 'm' };
    const answers = await collect({}, given, 'skip');
    expect(answers).to.deep.equal({
      name: 'my-server',
      providerType: 'OpenAICompatible',
      baseUrl: 'http://127.0.0.1:9/v1',
      key: { from: 'nowhere' },
      model: 'm',
      slots: {},
      backups: [],
    });
    expect(bench?.told.join('\n')).to.contain('--provider-type');
  });

  it('end without a profile when it does not work and nobody is asked', async () => {
    const given = { name: 'a', baseUrl: `${upstream.url}/v1`, providerType: 'OpenAICompatible', model: 'm' };
    const refusal = await refusalOf(collect({}, { ...given, key: { from: 'file', secret: 'another-key' } }));
    expect(refusal).to.include({ code: 'profile-test-failed', exitCode: 1 });
    expect(refusal.message).to.contain('"a" was not saved').and.not.contain('another-key');
  });
});
