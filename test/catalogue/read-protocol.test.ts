import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import { expect } from 'chai';
import { readPage } from '../../src/catalogue/read-page.ts';
import { readProtocol } from '../../src/catalogue/read-protocol.ts';

describe('what a list says beside sizes', () => {
  it('is at which paths a model can be reached, of which the best protocol counts', () => {
    expect(readProtocol(['/chat/completions', '/v1/messages'])).to.equal('anthropic-messages');
    expect(readProtocol(['/chat/completions', '/responses'])).to.equal('openai-responses');
    expect(readProtocol(['/chat/completions'])).to.equal('openai-chat');
    for (const nothing of [undefined, [], ['ws:/responses'], ['/embeddings', 7], '/responses'])
      expect(readProtocol(nothing), String(nothing)).to.equal(undefined);
  });

  it('is which models are not offered', () => {
    const models = [
      { slug: 'offered', visibility: 'list', supported_endpoints: ['/responses'] },
      { slug: 'hidden', visibility: 'hide' },
      { slug: 'off', policy: { state: 'disabled' } },
      { slug: 'on', policy: { state: 'enabled' } },
    ];
    expect(readPage({ models }, openaiChat)?.models).to.deep.equal([
      { id: 'offered', protocol: 'openai-responses' },
      { id: 'on' },
    ]);
  });
});
