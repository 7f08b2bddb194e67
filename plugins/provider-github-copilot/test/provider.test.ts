import { expect } from 'chai';
import answerProviders, { githubCopilot } from '../src/index.ts';

const models = githubCopilot.knownModels ?? [];

describe('the GitHub Copilot provider', () => {
  it('answers the hook with itself', async () => {
    expect(await answerProviders({ specVersion: 1 })).to.deep.equal([githubCopilot]);
  });

  it('has an address and its list of models in each of its protocols, without a version in front', () => {
    const [{ bases } = { bases: {} }] = githubCopilot.endpoints ?? [];
    expect(Object.keys(bases)).to.have.members(['anthropic-messages', 'openai-responses', 'openai-chat']);
    for (const protocol of Object.keys(bases)) {
      const wire = githubCopilot.wires?.[protocol];
      const call = { model: 'm', stream: true, options: {} };
      expect(wire?.endpoint?.('models', 'm', call), protocol).to.equal('/models');
      expect(wire?.endpoint?.('messages', 'm', call), protocol).to.equal(undefined);
    }
  });

  it('reaches every model by the protocol that the vendor has it in', () => {
    const expected = { claude: 'anthropic-messages', gpt: 'openai-responses', grok: 'openai-responses' };
    for (const { id, protocol } of models) {
      const [family = ''] = id.split('-');
      expect(protocol, id).to.equal({ ...expected, mai: 'openai-responses' }[family] ?? 'openai-chat');
    }
  });

  it('knows window, longest answer, pictures and price of every model, and all of its slots', () => {
    for (const { id, contextWindow = 0, maxOutputTokens = 0, modalities, price } of models) {
      expect(contextWindow, id).to.be.greaterThan(maxOutputTokens);
      expect(maxOutputTokens, id).to.be.at.least(32_000);
      expect(modalities?.input, id).to.include('image');
      expect(price?.output, id).to.be.greaterThan(price?.input ?? Infinity);
    }
    const ids = models.map(({ id }) => id);
    expect(ids).to.include.members(Object.values(githubCopilot.models)).and.to.have.length(new Set(ids).size);
    // Names as the vendor spells them, which is not as Anthropic does.
    expect(ids.filter((id) => /^claude-.*-\d-\d/.test(id))).to.deep.equal([]);
  });

  it('says in headers whose turn it is, and that there is something to see', () => {
    const headers = (followsTools: boolean, hasImages: boolean) =>
      githubCopilot.requestHeaders?.({ model: 'm', followsTools, hasImages });
    expect(headers(false, false)).to.deep.equal({ 'x-initiator': 'user' });
    expect(headers(true, true)).to.deep.equal({ 'x-initiator': 'agent', 'copilot-vision-request': 'true' });
  });

  it('says honestly what it rests on', () => {
    expect(githubCopilot.policy)
      .to.match(/not documented/)
      .and.match(/vscode-chat/);
    expect(githubCopilot.keyVariables).to.deep.equal(['COPILOT_GITHUB_TOKEN', 'GH_TOKEN', 'GITHUB_TOKEN']);
  });
});
