import { expect } from 'chai';
import type { CanonicalRequest } from '@claudex/sdk';
import { LossLog, offeredTools } from '@claudex/sdk/codec';
import { assistant, call, requestOf, result, tool, user } from '@claudex/sdk/testing';

const late = ['Z', 'Y', 'X'].map((name) => tool(name, { defer_loading: true }));

function offered(request: Partial<CanonicalRequest>, losses?: LossLog): [name: string, path: string][] {
  return offeredTools(requestOf(request), losses).map(({ tool: { name }, path }) => [name, path]);
}

describe('the tools a model is shown', () => {
  it('are those of the client in its order, whoever runs them', () => {
    const search = { kind: 'server', type: 'web_search_20250305', name: 'web_search', declaration: {} } as const;
    expect(offered({ tools: [tool('B'), search, ...late, tool('A')] })).to.deep.equal([
      ['B', 'tools[0]'],
      ['web_search', 'tools[1]'],
      ['A', 'tools[5]'],
    ]);
  });

  it('gain deferred ones at the end, as the conversation comes across them', () => {
    const tools = [...late, tool('A')];
    const found = assistant(call('a', 'Find'));
    const named = user(result('a', { type: 'tool_reference', tool_name: 'X' }));
    expect(offered({ tools, messages: [found, named] }).map(([name]) => name)).to.deep.equal(['A', 'X']);
    const messages = [found, named, assistant(call('b', 'Z'))];
    expect(offered({ tools, messages }).map(([name]) => name)).to.deep.equal(['A', 'X', 'Z']);
    const choice = { type: 'tool', name: 'Y' } as const;
    expect(offered({ tools, messages, tool_choice: choice }).map(([name]) => name)).to.deep.equal(['A', 'X', 'Z', 'Y']);
  });

  it('have each name once, and the second is recorded where somebody asks', () => {
    const losses = new LossLog();
    const tools = [tool('A'), tool('A', { description: 'again' }), tool('A', { defer_loading: true })];
    expect(offered({ tools }, losses)).to.deep.equal([['A', 'tools[0]']]);
    expect(losses.entries.map(({ feature, path }) => [feature, path])).to.deep.equal([
      ['duplicate_tool', 'tools[1]'],
      ['duplicate_tool', 'tools[2]'],
    ]);
    expect(offered({ tools })).to.have.lengthOf(1);
  });
});
