import { expect } from 'chai';
import type { CacheControl, TextBlock } from '@claudex/sdk';
import { LossLog, readConversation } from '@claudex/sdk/codec';
import { assistant, PNG, requestOf, system, user } from '@claudex/sdk/testing';

const MARK: CacheControl = { type: 'ephemeral' };

function said(text: string, mark?: CacheControl): TextBlock {
  return { type: 'text', text, ...(mark !== undefined && { cache_control: mark }) };
}

describe('reading a conversation', () => {
  it('takes instructions from the front, with their places and cache breakpoints', () => {
    const losses = new LossLog();
    const request = requestOf({
      system: [said('x-anthropic-billing-header: 1'), said(''), said('one'), said('two', MARK)],
      messages: [{ role: 'system', content: [said('three', MARK), said('four')] }, user('hi')],
    });
    expect(readConversation(request, losses).instructions).to.deep.equal([
      { text: 'one', path: 'system[2]' },
      { text: 'two', path: 'system[3]', cache_control: MARK },
      { text: 'three\nfour', path: 'messages[0]', cache_control: MARK },
    ]);
    expect(losses.entries.map(({ feature }) => feature)).to.deep.equal(['billing_line']);
  });

  it('lets turns alternate, and counts later instructions to the user', () => {
    const losses = new LossLog();
    const messages = [user('a'), system('mind'), user('b'), assistant('c'), assistant('d'), system('')];
    const { turns } = readConversation(requestOf({ messages }), losses);
    expect(turns.map(({ role, items }) => [role, items.map(({ kind, path }) => [kind, path])])).to.deep.equal([
      [
        'user',
        [
          ['block', 'messages[0].content[0]'],
          ['instruction', 'messages[1]'],
          ['block', 'messages[2].content[0]'],
        ],
      ],
      [
        'assistant',
        [
          ['block', 'messages[3].content[0]'],
          ['block', 'messages[4].content[0]'],
        ],
      ],
    ]);
    expect(losses.entries).to.deep.equal([]);
  });

  it('records what instructions cannot carry', () => {
    const losses = new LossLog();
    const messages = [{ ...system('mind'), ext: { other: {} } }, { role: 'system', content: [PNG] } as const];
    const { instructions, turns } = readConversation(requestOf({ messages }), losses);
    expect([instructions.length, turns.length]).to.deep.equal([1, 0]);
    expect(losses.entries.map(({ feature, path }) => [feature, path])).to.deep.equal([
      ['message_extension', 'messages[0]'],
      ['system_image', 'messages[1].content[0]'],
    ]);
  });
});
