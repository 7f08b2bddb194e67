import { expect } from 'chai';
import type { CanonicalResponse, JsonObject } from '@claudex/sdk';
import { anthropicMessages } from '../src/index.ts';
import { contextOf, requestOf } from './support/context.ts';

const call = (id: string, type = 'tool_use'): JsonObject => ({ type, id, name: 'Read', input: {} });

function idsOf(content: JsonObject[], history: string[] = []): unknown[] {
  const messages = history.map((id) => ({
    role: 'assistant' as const,
    content: [{ type: 'tool_use' as const, id, name: 'Read', input: {} }],
  }));
  const decoded = anthropicMessages.decodeResponse({ content }, contextOf({ request: requestOf({ messages }) }));
  if ('fault' in decoded) throw new Error(decoded.fault.message);
  const { response }: { response: CanonicalResponse } = decoded;
  return response.content.map((block) =>
    block.type === 'server_tool_result' ? block.tool_use_id : 'id' in block ? block.id : undefined,
  );
}

describe('ids of calls in an answer', () => {
  it('stay as the vendor makes them', () => {
    expect(idsOf([call('toolu_01Ab-_'), call('srvtoolu_1', 'server_tool_use')])).to.deep.equal([
      'toolu_01Ab-_',
      'srvtoolu_1',
    ]);
  });

  it('become unique in the answer and in the conversation', () => {
    expect(idsOf([call('a'), call('a'), call('b')], ['b'])).to.deep.equal(['a', 'a_2', 'b_2']);
  });

  it('become legal', () => {
    const [odd, long] = idsOf([call('call:1|2'), call('x'.repeat(200))]);
    for (const id of [odd, long]) expect(id).to.match(/^[a-zA-Z0-9_-]{1,64}$/);
  });

  it('lead from the result of a server tool to its call', () => {
    const result = { type: 'web_search_tool_result', tool_use_id: 'ws:1', content: [] };
    const [use, used] = idsOf([call('ws:1', 'server_tool_use'), result]);
    expect(used)
      .to.equal(use)
      .and.to.match(/^[a-zA-Z0-9_-]+$/);
  });
});
