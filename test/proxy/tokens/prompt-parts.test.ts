import { expect } from 'chai';
import type { ContentBlock, DocumentBlock, ServerTool } from '@claudex/sdk';
import { assistant, call, requestOf, result, tool, user } from '@claudex/sdk/testing';
import { familyOf } from '../../../src/proxy/tokens/families.ts';
import { promptParts, promptTokens, type PromptParts } from '../../../src/proxy/tokens/prompt-parts.ts';
import { png } from './pictures.ts';

const GPT = familyOf('gpt-5');
const CLAUDE = familyOf('claude-opus-5-5');

const partsOf = (request: Parameters<typeof requestOf>[0]): PromptParts => promptParts(requestOf(request), GPT);
const textsOf = (...content: (ContentBlock | string)[]): readonly string[] =>
  partsOf({ messages: [user(...content)] }).texts;

describe('the parts of a prompt', () => {
  it('are its system prompt, its turns, its calls and their results, in order', () => {
    const parts = partsOf({
      system: [{ type: 'text', text: 'be kind' }],
      messages: [user('go'), assistant('reading', call('c', 'Read', { path: 'a' })), user(result('c', 'one', 'two'))],
    });
    expect(parts.texts).to.deep.equal(['be kind', 'go', 'reading', 'Read', '{"path":"a"}', 'one', 'two']);
    expect(parts).to.include({ messages: 3, tools: 0, media: 0, serverTools: 0 });
  });

  it('are without the line that only Anthropic is told', () => {
    const system = ['x-anthropic-billing-header: cc_version=1;', 'be kind'].map(
      (text) => ({ type: 'text', text }) as const,
    );
    expect(partsOf({ system }).texts).to.deep.equal(['be kind']);
  });

  it('have the reasoning of the turn that is going on, not of those that have ended', () => {
    const thinking = (text: string): ContentBlock => ({ type: 'thinking', thinking: text, signature: 's' });
    const parts = partsOf({
      messages: [
        user('a'),
        assistant(thinking('old'), 'b'),
        user('c'),
        assistant(thinking('new'), call('x', 'T')),
        user(result('x', 'd'), 'a reminder'),
      ],
    });
    expect(parts.texts).to.deep.equal(['a', 'b', 'c', 'new', 'T', '{}', 'd', 'a reminder']);
  });

  it('have every tool with its name, description and schema', () => {
    const parts = partsOf({ tools: [tool('Read', { description: 'reads' }), tool('Bare')] });
    const schema = '{"type":"object","properties":{}}';
    expect(parts.texts).to.deep.equal(['Read', schema, 'reads', 'Bare', schema]);
    expect(parts.tools).to.equal(2);
  });

  it('have a deferred tool only after a result has named it', () => {
    const tools = [tool('Found', { defer_loading: true }), tool('Hidden', { defer_loading: true }), tool('Search')];
    const reference: ContentBlock = { type: 'tool_reference', tool_name: 'Found' };
    expect(partsOf({ tools }).tools).to.equal(1);
    const parts = partsOf({
      tools,
      messages: [user('a'), assistant(call('s', 'Search')), user(result('s', reference))],
    });
    expect(parts.tools).to.equal(2);
    expect(parts.texts).not.to.include('Hidden');
  });

  it('have a constant for a tool that the provider runs', () => {
    const search: ServerTool = { kind: 'server', type: 'web_search_20250305', name: 'web_search', declaration: {} };
    const parts = partsOf({ tools: [search, search] });
    expect(parts).to.deep.include({ texts: [], tools: 0, serverTools: 600 });
  });

  it('have pictures and files by their size, also inside results', () => {
    const image: ContentBlock = {
      type: 'image',
      source: { type: 'base64', media_type: 'image/png', data: png(512, 512) },
    };
    const parts = partsOf({ messages: [user(image, result('c', image))] });
    expect(parts).to.deep.include({ texts: [], media: 510 });
  });

  it('have documents as text where they are text', () => {
    const document = (source: DocumentBlock['source'], more: Partial<DocumentBlock> = {}): ContentBlock => ({
      type: 'document',
      source,
      ...more,
    });
    const text = { type: 'text', media_type: 'text/plain', data: 'words' } as const;
    expect(textsOf(document(text, { title: 'T', context: 'C' }))).to.deep.equal(['T', 'C', 'words']);
    expect(textsOf(document({ type: 'content', content: [{ type: 'text', text: 'inner' }] }))).to.deep.equal(['inner']);
    const pdf = document({ type: 'base64', media_type: 'application/pdf', data: '' });
    expect(partsOf({ messages: [user(pdf)] })).to.include({ media: 2_000 });
    const remote = document({ type: 'url', url: 'https://example.com/a.pdf' });
    expect(partsOf({ messages: [user(remote)] })).to.include({ media: 1_600 });
  });

  it('have what a search found, without what is encrypted of it', () => {
    const content = [{ type: 'web_search_result', title: 'Found', encrypted_content: 'AAAA' }];
    const texts = textsOf({
      type: 'server_tool_result',
      result_type: 'web_search_tool_result',
      tool_use_id: 's',
      content,
    });
    expect(texts).to.deep.equal(['[{"type":"web_search_result","title":"Found"}]']);
    expect(textsOf({ type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'q' } })).to.deep.equal([
      'web_search',
      '{"query":"q"}',
    ]);
  });

  it('have nothing of what other providers cannot be sent', () => {
    expect(
      textsOf(
        { type: 'redacted_thinking', data: 'A'.repeat(10_000) },
        { type: 'opaque', protocol: 'anthropic-messages', value: { type: 'new', text: 'x' } },
      ),
    ).to.deep.equal([]);
  });
});

describe('the tokens of a prompt', () => {
  const parts: PromptParts = { texts: [], messages: 2, tools: 0, media: 100, serverTools: 10 };

  it('are its texts, what every message and tool costs, and its media', () => {
    expect(promptTokens(1_000, parts, GPT)).to.equal(1_000 + GPT.base + 2 * GPT.message + 110);
    expect(promptTokens(1_000, { ...parts, tools: 3 }, GPT)).to.equal(
      1_000 + GPT.base + 2 * GPT.message + GPT.tools + 3 * GPT.tool + 110,
    );
  });

  it('are more than those of the encoding where the family takes more', () => {
    expect(promptTokens(1_000, parts, CLAUDE)).to.equal(1_150 + CLAUDE.base + 2 * CLAUDE.message + 110);
  });
});
