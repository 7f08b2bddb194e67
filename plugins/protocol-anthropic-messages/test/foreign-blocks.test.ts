import { expect } from 'chai';
import type { ContentBlock, Message } from '@claudex/sdk';
import { anthropicMessages } from '../src/index.ts';
import { contextOf, requestOf } from './support/context.ts';

const UNSIGNED: ContentBlock = { type: 'thinking', thinking: 'a' };
const SEALED: ContentBlock = { type: 'thinking', thinking: 'a', signature: 'claudex.openai-chat.2.e30.x' };
const search = (id: string): ContentBlock => ({ type: 'server_tool_use', id, name: 'web_search', input: {} });
const found = (id: string, encrypted: string): ContentBlock => ({
  type: 'server_tool_result',
  result_type: 'web_search_tool_result',
  tool_use_id: id,
  content: [{ type: 'web_search_result', url: 'u', encrypted_content: encrypted }],
});

/** The types of the blocks that are sent, and the features of the losses. */
function sent(content: ContentBlock[], signedThinking?: boolean): { types: unknown[]; lost: string[] } {
  const messages: Message[] = [{ role: 'assistant', content }];
  const quirks = signedThinking === undefined ? {} : { signedThinking };
  const { body, losses } = anthropicMessages.encodeRequest(contextOf({ request: requestOf({ messages }), quirks }));
  const [message] = body['messages'] as { content: { type: string }[] }[];
  return { types: (message?.content ?? []).map(({ type }) => type), lost: losses.map(({ feature }) => feature) };
}

describe('what other providers wrote, on the way to Anthropic', () => {
  it('is reasoning without a signature where only signed reasoning comes back', () => {
    expect(sent([UNSIGNED], true)).to.deep.equal({ types: [], lost: ['foreign_thinking'] });
  });

  it('is not reasoning without a signature for those who imitate the vendor', () => {
    for (const signed of [undefined, false])
      expect(sent([UNSIGNED, SEALED], signed)).to.deep.equal({ types: ['thinking'], lost: ['foreign_thinking'] });
  });

  it('is a search whose results nobody encrypted, with its call', () => {
    expect(sent([search('srvtoolu_1'), found('srvtoolu_1', '')]).lost).to.have.length(2);
    expect(sent([search('srvtoolu_1'), found('srvtoolu_1', 'EqQB')]).lost).to.deep.equal([]);
    expect(sent([search('srvtoolu_claudex_1'), found('srvtoolu_claudex_1', 'EqQB')]).lost).to.have.length(2);
  });

  it('is a citation whose index nobody encrypted', () => {
    const citation = (index: string) => ({ type: 'web_search_result_location', url: 'u', encrypted_index: index });
    const text: ContentBlock = { type: 'text', text: 'x', citations: [citation(''), citation('EqQB')] };
    expect(sent([text]).lost).to.deep.equal(['foreign_citation']);
  });
});
