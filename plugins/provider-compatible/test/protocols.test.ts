import { expect } from 'chai';
import { VENDORS } from '../src/vendors/index.ts';
import { vendor } from './support/vendor.ts';

const PREFERRED = {
  minimax: 'anthropic-messages',
  openrouter: 'openai-chat',
  xai: 'openai-responses',
  deepseek: 'anthropic-messages',
  moonshot: 'anthropic-messages',
  'kimi-code': 'anthropic-messages',
  zai: 'anthropic-messages',
  groq: 'openai-chat',
  mistral: 'openai-chat',
  together: 'openai-chat',
  perplexity: 'openai-responses',
  cerebras: 'openai-chat',
  qwen: 'anthropic-messages',
};

const IMITATIONS = ['minimax', 'deepseek', 'moonshot', 'kimi-code', 'zai', 'qwen'];

describe('the protocols of the vendors', () => {
  for (const [id, protocol] of Object.entries(PREFERRED))
    it(`reach ${id} by ${protocol}`, () => {
      expect(vendor(id).protocol).to.equal(protocol);
    });

  it('reach the Claude models of OpenRouter by the protocol that keeps their signatures, and no other model', () => {
    for (const { id, protocol, quirks } of vendor('openrouter').knownModels ?? []) {
      const isClaude = id.includes('anthropic/');
      expect(protocol, id).to.equal(isClaude ? 'anthropic-messages' : undefined);
      expect(quirks?.signedThinking, id).to.equal(isClaude ? true : undefined);
    }
  });

  it('never reach xAI by its imitation of Anthropic, nor Perplexity by Chat: both are switched off', () => {
    for (const { bases } of vendor('xai').endpoints ?? []) expect(bases).to.not.have.property('anthropic-messages');
    for (const { bases } of vendor('perplexity').endpoints ?? [])
      expect(Object.keys(bases)).to.deep.equal(['openai-responses']);
  });

  it('send an imitation of Anthropic neither betas nor tools of the server nor documents', () => {
    for (const id of IMITATIONS) {
      const quirks = vendor(id).wires?.['anthropic-messages']?.quirks;
      expect(quirks, id).to.include({ serverTools: false, documents: 'none', midConversationSystem: 'user' });
      expect(quirks?.betas, id).to.deep.equal([]);
      expect(quirks?.omitFields, id).to.include('context_management');
    }
  });

  it('show the key as a Bearer also where they imitate Anthropic, whose own header is not taken everywhere', () => {
    const bilingual = VENDORS.filter(({ endpoints = [] }) =>
      endpoints.some(({ bases }) => bases['anthropic-messages']),
    );
    expect(bilingual.map(({ id }) => id)).to.include.members([...IMITATIONS, 'openrouter']);
    for (const { id, wires = {}, ...rest } of bilingual) {
      const shown = wires['anthropic-messages']?.authenticate?.('secret') ?? rest.authenticate?.('secret');
      expect(shown, id).to.deep.equal({ authorization: 'Bearer secret' });
    }
  });
});
