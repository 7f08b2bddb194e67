import { expect } from 'chai';
import answerProviders, { azure } from '../src/index.ts';

const call = (options: { readonly [name: string]: string }) => ({ model: 'gpt', stream: true, options });
const chatPath = (options: { readonly [name: string]: string }, model = 'gpt') =>
  azure.wires?.['openai-chat']?.endpoint?.('messages', model, call(options));

describe('the Azure provider', () => {
  it('answers the hook with itself', async () => {
    expect(await answerProviders({ specVersion: 1 })).to.deep.equal([azure]);
  });

  it('has a path of its own for Chat only where a version is given', () => {
    expect(chatPath({})).to.equal(undefined);
    expect(chatPath({ api_version: '2025-04-01-preview' }, 'a/b')).to.equal(
      '/deployments/a%2Fb/chat/completions?api-version=2025-04-01-preview',
    );
    expect(chatPath({ api_version: 'v1' })).to.equal('/v1/chat/completions?api-version=v1');
  });

  it('prefers the deployment that is named to the model', () => {
    expect(chatPath({ api_version: '2024-10-21', deployment: 'mine' })).to.contain('/deployments/mine/');
  });

  it('takes nothing for a token of Entra but a JSON Web Token', () => {
    for (const key of ['0123456789abcdef', 'eyJ.only', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.a b'])
      expect(azure.authenticate?.(key), key).to.deep.equal({ 'api-key': key });
  });

  it('knows that only Messages reaches Claude', () => {
    expect(azure.protocolOf?.('Claude-of-mine')).to.equal('anthropic-messages');
    expect(azure.protocolOf?.('gpt-6-luna')).to.equal(undefined);
    for (const { id, protocol } of azure.knownModels ?? [])
      expect(protocol, id).to.equal(id.startsWith('claude') ? 'anthropic-messages' : undefined);
  });

  it('sends no field that reasoning models refuse, and schemas with a plain root', () => {
    for (const wire of ['openai-chat', 'openai-responses']) {
      const { quirks } = azure.wires?.[wire] ?? {};
      expect(quirks?.omitFields).to.include.members(['temperature', 'top_p', 'stop']);
      expect(quirks).to.include({ schemaDialect: 'plain-root', toolCallIdMaxLength: 40 });
    }
  });

  it('knows sizes and prices of the models in its slots', () => {
    const known = new Map(azure.knownModels?.map((facts) => [facts.id, facts]));
    for (const id of Object.values(azure.models)) {
      expect(known.get(id), id).to.include({ contextWindow: 1_050_000, maxInputTokens: 922_000 });
      expect(known.get(id)?.price?.long?.input, id).to.equal(2 * (known.get(id)?.price?.input ?? Number.NaN));
    }
  });
});
