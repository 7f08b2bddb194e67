import { defineProvider, type Provider } from '@claudex/sdk';
import { expect } from 'chai';
import type { GivenAnswers, ProfileAnswers } from '../../src/wizard/answers.ts';
import { collectAnswers } from '../../src/wizard/collect-answers.ts';
import { checkMissing } from '../../src/wizard/missing-flags.ts';
import { profileTable } from '../../src/wizard/profile-table.ts';
import { readFlags } from '../../src/wizard/read-flags.ts';
import { providerOf } from '../../src/wizard/wizard.ts';
import { refusalOf } from '../support/refusal-of.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { wizardBench, type Bench, type BenchSettings } from './support/bench.ts';

const REGIONAL: Provider = defineProvider({
  specVersion: 1,
  id: 'acme',
  title: 'Acme',
  protocol: 'openai-chat',
  keyVariables: ['ACME_KEY'],
  models: { default: 'large' },
  options: {
    region: { meaning: 'region of the account', choices: { world: 'Everywhere', china: 'China' }, default: 'world' },
    account: { meaning: 'id of the account', variables: ['ACME_ACCOUNT'] },
    organization: { meaning: 'organization to bill' },
  },
  endpoints: [
    {
      when: { region: 'china' },
      bases: { 'openai-chat': 'https://acme.example.cn/v1' },
      keyVariables: ['ACME_CN_KEY'],
      keyPage: 'https://acme.example.cn/keys',
      models: { default: 'large-cn' },
    },
    { bases: { 'openai-chat': 'https://{account}.acme.example/v1' } },
  ],
});

const GIVEN: GivenAnswers = { slots: {}, keyring: false, name: 'mine', provider: 'acme', model: 'm', backups: [] };
const SLOTS = { haiku: 'm', sonnet: 'm', opus: 'm' };

describe('options of a provider', () => {
  const folder = temporaryFolder();
  let bench: Bench | undefined;
  afterEach(async () => {
    await bench?.close();
    bench = undefined;
  });

  const open = async (settings: Omit<BenchSettings, 'folder' | 'providers'>): Promise<Bench> =>
    (bench = await wizardBench({ ...settings, providers: [REGIONAL], folder: folder() }));
  const collect = async (
    settings: Omit<BenchSettings, 'folder' | 'providers'>,
    given: Partial<GivenAnswers> = {},
  ): Promise<ProfileAnswers> => {
    const opened = await open(settings);
    const { answers } = await collectAnswers({ ...GIVEN, slots: SLOTS, ...given }, opened.wizard, 'skip');
    expect(opened.left()).to.equal(0);
    return answers;
  };

  it('are asked for where there are choices, and where the address needs one; the rest is not', async () => {
    const script = [
      { asked: 'Region of the account', answer: 'Everywhere', offers: ['Everywhere', 'China'] },
      { asked: 'Id of the account', answer: 'a-1' },
      { asked: 'API key', answer: 'Use ACME_KEY, which is set' },
    ];
    const answers = await collect({ script, environment: { ACME_KEY: 'k' } });
    expect(answers.options).to.deep.equal({ account: 'a-1' });
  });

  it('are asked for again where an address could not take the answer', async () => {
    const script = [
      { asked: 'Region of the account', answer: 'Everywhere' },
      { asked: 'Id of the account', answer: 'a/b' },
    ];
    const { wizard } = await open({ script, environment: { ACME_KEY: 'k' } });
    const refused = await collectAnswers({ ...GIVEN, slots: SLOTS }, wizard, 'skip').catch(String);
    expect(refused).to.contain('"a/b" is refused').and.contain('letters, digits');
  });

  it('decide about the variable of the key, where keys are made, and what the address needs', async () => {
    const script = [
      { asked: 'Region of the account', answer: 'China' },
      { asked: 'API key', answer: 'Use ACME_CN_KEY, which is set' },
    ];
    const answers = await collect({ script, environment: { ACME_CN_KEY: 'k', ACME_KEY: 'other' } });
    expect(answers).to.deep.include({
      options: { region: 'china' },
      key: { from: 'variable', variable: 'ACME_CN_KEY' },
    });
    expect(bench?.told.join('\n')).to.contain('https://acme.example.cn/keys');
  });

  it("are not asked for where an exported variable or a flag says them, nor for an address of one's own", async () => {
    const key = { asked: 'API key', answer: 'Use ACME_KEY, which is set' };
    const environment = { ACME_KEY: 'k', ACME_ACCOUNT: 'exported' };
    const said = await collect({ script: [key], environment }, { options: { region: 'world' } });
    expect(said.options).to.deep.equal({ region: 'world' });
    await bench?.close();
    const own = await collect({ script: [key], environment: { ACME_KEY: 'k' } }, { baseUrl: 'http://127.0.0.1:9/v1' });
    expect(own.options).to.equal(undefined);
  });

  it('are written into the profile, and nothing else changes with them', async () => {
    const { wizard } = await open({});
    const answers: ProfileAnswers = {
      name: 'p',
      provider: 'acme',
      options: { region: 'china' },
      key: { from: 'nowhere' },
      slots: {},
      backups: [],
    };
    const table = profileTable(answers, providerOf(answers, wizard));
    expect(table).to.deep.equal({ name: 'p', provider: 'acme', options: { region: 'china' } });
  });

  it('that are missing are named as flags where nobody can be asked', async () => {
    const { wizard } = await open({ environment: { ACME_KEY: 'k' } });
    const refusal = await refusalOf((async () => checkMissing(GIVEN, wizard, true))());
    expect(refusal).to.include({ code: 'flags-missing', exitCode: 2 });
    expect(refusal.message).to.contain('--option account=');
    checkMissing({ ...GIVEN, options: { account: 'a' } }, wizard, true);
  });

  it('are read from flags as name=value', async () => {
    const { wizard } = await open({});
    const flags = { provider: 'acme', 'api-key-stdin': false, keyring: false };
    const read = await readFlags({ ...flags, option: ['region=china', 'account=a=b'] }, wizard, process.stdin);
    expect(read.options).to.deep.equal({ region: 'china', account: 'a=b' });
    const refusal = await refusalOf(readFlags({ ...flags, option: ['region'] }, wizard, process.stdin));
    expect(refusal).to.include({ code: 'flag-unusable', exitCode: 2 });
  });
});
