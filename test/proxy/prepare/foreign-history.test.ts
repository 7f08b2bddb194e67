import { expect } from 'chai';
import { mayHoldForeignBlocks } from '../../../src/proxy/prepare/foreign-history.ts';

const suspects = (content: unknown, signed = false, space?: number): boolean =>
  mayHoldForeignBlocks(Buffer.from(JSON.stringify([{ role: 'assistant', content }], null, space)), signed);

describe('looking for what other providers wrote', () => {
  const foreign: [what: string, block: unknown][] = [
    ['an envelope of state', { type: 'thinking', thinking: '', signature: 'claudex.openai-chat.2.e30.x' }],
    ['an envelope in redacted reasoning', { type: 'redacted_thinking', data: 'claudex.openai-chat.2.e30.x' }],
    ['a server tool', { type: 'server_tool_use', id: 'ws_1', name: 'web_search', input: {} }],
    ['a citation', { type: 'text', text: 'x', citations: [{ type: 'x', encrypted_index: '' }] }],
  ];
  for (const [what, block] of foreign) {
    it(`finds ${what}, however the JSON is laid out`, () => {
      expect(suspects([block])).to.equal(true);
      expect(suspects([block], false, 2)).to.equal(true);
    });
  }

  it('finds reasoning without a signature only where it counts', () => {
    for (const block of [
      { type: 'thinking', thinking: 'x', signature: '' },
      { type: 'thinking', thinking: 'x' },
    ]) {
      expect(suspects([block], true)).to.equal(true);
      expect(suspects([block], true, 1)).to.equal(true);
      expect(suspects([block], false)).to.equal(false);
    }
  });

  it('is not misled by text that looks the same', () => {
    const text = 'Set "claudex.toml", "signature":"", "type":"thinking", "server_tool_use" and "encrypted_index".';
    const signed = { type: 'thinking', thinking: text, signature: 'EqQBCkYIBxgC' };
    expect(suspects([{ type: 'text', text }, signed], true)).to.equal(false);
    expect(suspects(text, true)).to.equal(false);
  });

  it('finds nothing in a long history that is signed throughout', () => {
    const signed = { type: 'thinking', thinking: 'x'.repeat(2_000), signature: 'y'.repeat(200) };
    expect(
      suspects(
        Array.from({ length: 1_000 }, () => signed),
        true,
      ),
    ).to.equal(false);
  });
});
