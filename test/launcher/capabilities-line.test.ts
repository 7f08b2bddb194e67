import { expect } from 'chai';
import { capabilitiesLine } from '../../src/launcher/index.ts';
import { boundWith, configurationWith } from './support/profiles.ts';

describe('the line about a model at the start', () => {
  const facts = {
    id: 'grok-4',
    contextWindow: 256_000,
    maxOutputTokens: 32_768,
    modalities: { input: ['text', 'image'] },
    reasoning: {},
  };

  it('says sizes, abilities and who serves', () => {
    const bound = boundWith({ name: 'grok', default_model: 'grok-4', backup_providers: ['deepseek'] });
    const line = capabilitiesLine({ bound: { ...bound, knownModels: [facts] }, configuration: configurationWith() });
    expect(line).to.equal('grok-4 · 256k context, 32.8k output · images, thinking · via grok, backup deepseek');
  });

  it('says nothing that is not known, and the profile has the last word about sizes', () => {
    const line = (profile: Parameters<typeof boundWith>[0], model?: string): string =>
      capabilitiesLine({
        bound: boundWith({ name: 'p', default_model: 'm', ...profile }),
        configuration: configurationWith({ model_aliases: { fast: 'quick' } }),
        ...(model !== undefined && { model }),
      });
    expect(line({})).to.equal('m · via p');
    expect(line({ context_window: 1_048_576, max_output_tokens: 800 }, 'fast')).to.equal(
      'quick · 1.05M context, 800 output · via p',
    );
    expect(line({ backup_providers: ['a', 'b'], context_window: 131_072 })).to.equal(
      'm · 131k context · via p, backup a and b',
    );
  });
});
