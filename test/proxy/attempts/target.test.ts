import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import { defineProvider } from '@claudex/sdk';
import { expect } from 'chai';
import { completeProfile, defaultConfiguration, type Profile } from '../../../src/config/index.ts';
import { targetOf, type Target } from '../../../src/proxy/attempts/target.ts';
import { bindProfile } from '../../../src/router/index.ts';

const PROVIDER = defineProvider({
  specVersion: 1,
  id: 'acme',
  title: 'Acme',
  protocol: 'openai-chat',
  needsCredential: false,
  models: { default: 'm' },
  options: { account_file: { meaning: 'file of the account', kind: 'file' } },
  endpoints: [{ bases: { 'openai-chat': 'https://acme.dev/v1', 'anthropic-messages': 'https://acme.dev' } }],
  knownModels: [{ id: 'claude', protocol: 'anthropic-messages' }],
});

function target(options: Profile['options'], model: string): Target {
  const profile = completeProfile({ name: 'p', provider: 'acme', ...(options && { options }) });
  const descriptors = {
    providers: new Map([['acme', PROVIDER]]),
    protocols: new Map([openaiChat, anthropicMessages].map((protocol) => [protocol.id, protocol])),
  };
  const bound = bindProfile('p', { ...defaultConfiguration(), profiles: [profile] }, descriptors, {});
  return targetOf(bound, { model, reason: 'named' });
}

describe('a target of a request', () => {
  it('has the same credential in whichever protocol its model is reached, and a circuit of its own', () => {
    const [one, other] = [target(undefined, 'm'), target(undefined, 'claude')];
    expect([one.bound.protocol.id, other.bound.protocol.id]).to.deep.equal(['openai-chat', 'anthropic-messages']);
    expect(one.credentialKey).to.equal(other.credentialKey);
    expect(one.circuitKey).to.not.equal(other.circuitKey);
  });

  it('has another credential where an option tells another account', () => {
    const [one, other] = ['/a.json', '/b.json'].map((file) => target({ account_file: file }, 'm'));
    expect(one?.credentialKey).to.not.equal(other?.credentialKey);
    expect(one?.circuitKey).to.not.equal(other?.circuitKey);
  });
});
