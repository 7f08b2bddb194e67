import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import { CONDITIONAL_QUIRKS, QUIRK_KINDS, defineProvider, type Provider } from '@claudex/sdk';
import { expect } from 'chai';
import { completeProfile, defaultConfiguration, type Profile } from '../../src/config/index.ts';
import { problemOfProvider } from '../../src/registry/check-descriptor.ts';
import { bindProfile, knowModel } from '../../src/router/index.ts';
import { refusalOf } from '../support/refusal-of.ts';

/** What only its own protocol knows. */
const OWN = { ownSwitch: 'fast' };
const OF_WIRE = { wireSwitch: 1 };
const OF_MODEL = { modelSwitch: [] };

/** A provider of somebody who knows a quirk that nobody else knows. */
const PROVIDER: Provider = defineProvider({
  specVersion: 1,
  id: 'acme',
  title: 'Acme',
  protocol: 'openai-chat',
  baseUrl: 'https://acme.dev/v1',
  needsCredential: false,
  models: { default: 'm' },
  quirks: { topK: true, ...OWN },
  wires: { 'openai-chat': { quirks: { topK: true, ...OF_WIRE } } },
  knownModels: [{ id: 'm', quirks: { topK: true, ...OF_MODEL } }],
});

function bind(quirks: NonNullable<Profile['quirks']>) {
  const base = defaultConfiguration();
  const profile = completeProfile({ name: 'own', provider: 'acme', quirks });
  return bindProfile(
    'own',
    { ...base, profiles: [profile] },
    { protocols: new Map([[openaiChat.id, openaiChat]]), providers: new Map([[PROVIDER.id, PROVIDER]]) },
    {},
  );
}

const refused = (quirks: NonNullable<Profile['quirks']>) => refusalOf((async () => bind(quirks))());

describe('the quirks of a profile', () => {
  it('win over those of the provider', () => {
    const bound = bind({ topK: false, thinkTags: 'opening-omitted' });
    expect(knowModel(bound, 'm').quirks).to.include({ topK: false, thinkTags: 'opening-omitted', ownSwitch: 'fast' });
  });

  it('are refused by name where nobody knows them, with the one that was meant', async () => {
    const refusal = await refused({ maxOutputTokenField: 'none' });
    expect(refusal).to.include({ code: 'quirk-unknown', exitCode: 2 });
    expect(refusal.message).to.include('profile "own" has quirks.maxOutputTokenField');
    expect(refusal.remedy).to.include('"maxOutputTokensField"');
    expect((await refused({ zzz: 1 })).remedy).not.to.include('Did you mean');
    expect(await refused({ toString: true })).to.include({ code: 'quirk-unknown' });
  });

  it('may have names that only the provider uses, anywhere', () => {
    expect(problemOfProvider(PROVIDER)).to.equal(undefined);
    const own = { ownSwitch: 'slow', wireSwitch: 2, modelSwitch: ['a'] };
    expect(knowModel(bind(own), 'm').quirks).to.deep.include(own);
  });

  it('are refused where a value cannot be, with what it can be', async () => {
    const wrong: readonly (readonly [name: string, value: unknown, meaning: string])[] = [
      ['images', 'no', 'it is true or false'],
      ['maxStopSequences', -1, 'it is a whole number from 0'],
      ['maxStopSequences', 1.5, 'it is a whole number from 0'],
      ['minTemperature', '0.1', 'it is a number'],
      ['templateSwitch', '', 'it is a text'],
      ['omitFields', 'temperature', 'it is a list of texts'],
      ['omitFields', ['a', 1], 'it is a list of texts'],
      ['extraFields', ['a'], 'it is a table'],
      ['effortWords', { none: 0 }, 'it is a table of texts'],
      ['withTools', true, 'it is a table of quirks'],
      ['streaming', 'yes', 'it is one of both, only, never'],
      ['streaming', true, 'it is one of both, only, never'],
      ['thinkTags', 'yes', 'it is true, false or opening-omitted'],
      ['thinkingTypes', ['enabled', 'off'], 'it is a list of adaptive, enabled, disabled'],
    ];
    for (const [name, value, meaning] of wrong) {
      const refusal = await refused({ [name]: value });
      expect(refusal, name).to.include({ code: 'quirk-unusable', exitCode: 2 });
      expect(refusal.message)
        .to.include(`quirks.${name} of profile "own" cannot be ${JSON.stringify(value)}`)
        .and.include(meaning);
    }
    expect((await refused({ streaming: 'y'.repeat(5_000) })).message.length).to.be.lessThan(300);
  });

  it('are looked at inside tables of quirks, too', async () => {
    const inner = await refused({ whileReasoning: { omitFields: 'temperature' } });
    expect(inner.message).to.include('quirks.whileReasoning.omitFields');
    const unknown = await refused({ withTools: { extraField: {} } });
    expect(unknown).to.include({ code: 'quirk-unknown' });
    expect(unknown.remedy).to.include('"extraFields"');
    expect(await refused({ withTools: { streaming: 'only' } })).to.include({ code: 'quirk-unknown' });
    const taken = { withTools: { extraFields: { tool_stream: true } }, whileReasoning: { forcedToolChoice: false } };
    expect(bind(taken).quirks).to.deep.include(taken);
  });

  it('include nothing conditional that is no quirk', () => {
    expect(Object.keys(QUIRK_KINDS)).to.include.members(Object.keys(CONDITIONAL_QUIRKS));
  });
});
