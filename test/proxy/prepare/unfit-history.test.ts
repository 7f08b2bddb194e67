import { expect } from 'chai';
import type { Quirks } from '@claudex/sdk';
import { isWrittenAnew, mayHoldUnfitBlocks } from '../../../src/proxy/prepare/unfit-history.ts';

const bytes = (value: unknown, space?: number): Buffer => Buffer.from(JSON.stringify(value, null, space));

describe('looking for what a provider does not take', () => {
  const unfit: [what: string, quirks: Quirks, message: object][] = [
    ['a picture', { images: false }, { role: 'user', content: [{ type: 'image', source: {} }] }],
    ['a document', { documents: 'none' }, { role: 'user', content: [{ type: 'document', source: {} }] }],
    ['a system message', { midConversationSystem: 'user' }, { role: 'system', content: 'x' }],
    ['a call of an MCP server', { serverTools: false }, { role: 'assistant', content: [{ type: 'mcp_tool_use' }] }],
    ['an id with other characters', { signedThinking: true }, { content: [{ tool_use_id: 'functions.a:0' }] }],
    ['an id that is too long', { toolCallIdMaxLength: 4 }, { content: [{ tool_use_id: 'abcde' }] }],
  ];
  for (const [what, quirks, message] of unfit) {
    it(`finds ${what} where it counts, however the JSON is laid out`, () => {
      for (const space of [undefined, 2]) {
        expect(mayHoldUnfitBlocks(bytes([message], space), quirks)).to.equal(true);
        expect(mayHoldUnfitBlocks(bytes([message], space), {})).to.equal(false);
      }
    });
  }

  it('is not misled by text that looks the same', () => {
    const quirks: Quirks = {
      images: false,
      documents: 'none',
      serverTools: false,
      midConversationSystem: 'user',
      signedThinking: true,
      toolCallIdMaxLength: 40,
    };
    const text = '{"type": "image", "a": "document", "role":"system", "tool_use_id": "a.b"} "mcp_tool_use"';
    expect(mayHoldUnfitBlocks(bytes([{ role: 'user', content: [{ type: 'text', text }] }]), quirks)).to.equal(false);
  });

  it('knows what is changed without a loss', () => {
    expect(isWrittenAnew(bytes([{ role: 'system' }]), { midConversationSystem: 'user' })).to.equal(true);
    expect(isWrittenAnew(bytes([{ type: 'image' }]), { images: false })).to.equal(false);
  });
});
