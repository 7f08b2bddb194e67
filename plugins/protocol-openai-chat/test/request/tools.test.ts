import { expect } from 'chai';
import type { CanonicalRequest, Quirks, ServerTool } from '@claudex/sdk';
import { encodeRequest } from '../../src/request.ts';
import { assistant, call, contextOf, result, tool, user } from '@claudex/sdk/testing';

const WEB_SEARCH: ServerTool = {
  kind: 'server',
  type: 'web_search_20250305',
  name: 'web_search',
  declaration: { type: 'web_search_20250305', name: 'web_search' },
};

function encode(request: Partial<CanonicalRequest>, quirks: Quirks = {}) {
  const { body, losses } = encodeRequest(contextOf({ messages: [user('hi')], ...request }, quirks));
  const tools = (body['tools'] ?? []) as { function: { name: string; [field: string]: unknown } }[];
  return { body, losses, names: tools.map((entry) => entry.function.name), tools };
}

describe('encoding tools', () => {
  it('offers client tools as functions in their order', () => {
    const { tools } = encode({
      tools: [
        tool('Write', {
          description: 'Writes.',
          input_schema: { type: 'object', properties: { a: { type: 'string' } }, $schema: 's' },
        }),
        tool('Read'),
      ],
    });
    expect(tools).to.deep.equal([
      {
        type: 'function',
        function: {
          name: 'Write',
          parameters: { type: 'object', properties: { a: { type: 'string' } }, $schema: 's' },
          description: 'Writes.',
        },
      },
      { type: 'function', function: { name: 'Read', parameters: { type: 'object', properties: {} } } },
    ]);
  });

  it('fills in type and properties at the root without touching the client’s schema', () => {
    const schema = { required: ['a'] };
    const { tools } = encode({ tools: [tool('A', { input_schema: schema }), tool('B', { input_schema: {} })] });
    expect(tools.map((entry) => entry.function['parameters'])).to.deep.equal([
      { required: ['a'], type: 'object', properties: {} },
      { type: 'object', properties: {} },
    ]);
    expect(schema).to.deep.equal({ required: ['a'] });
  });

  it('never turns a server tool into a function', () => {
    const { body, losses } = encode({ tools: [WEB_SEARCH] });
    expect(body).not.to.have.property('tools');
    expect(losses).to.have.lengthOf(1);
    expect(losses[0]).to.include({ kind: 'dropped', path: 'tools[0]', feature: 'server_tool' });
  });

  it('hides deferred tools until they are found or called', () => {
    const tools = ['DeferredToolPlaceholder', 'found', 'called', 'hidden'].map((name) =>
      tool(name, { defer_loading: true }),
    );
    const messages = [
      user('hi'),
      assistant(call('1', 'ToolSearch'), call('2', 'called')),
      user(result('1', { type: 'tool_reference', tool_name: 'found' }), result('2', 'ok')),
    ];
    expect(encode({ tools, messages }).names).to.deep.equal(['called', 'found']);
    expect(encode({ tools }).body).not.to.have.property('tools');
  });

  it('offers a name once', () => {
    const { names, losses } = encode({ tools: [tool('A'), tool('A')] });
    expect(names).to.deep.equal(['A']);
    expect(losses.map(({ feature }) => feature)).to.deep.equal(['duplicate_tool']);
  });

  it('reports cache markers once and extras of another protocol once', () => {
    const marked = (name: string) =>
      tool(name, { cache_control: { type: 'ephemeral' }, ext: { 'anthropic-messages': { a: 1 } } });
    const { losses } = encode({ tools: [marked('A'), marked('B')] });
    expect(losses.map(({ feature }) => feature)).to.deep.equal(['tool_extension', 'cache_control']);
  });
});

describe('encoding the choice of a tool', () => {
  const tools = [tool('Read'), tool('mcp.server/tool')];

  it('translates every kind of choice', () => {
    const choiceOf = (tool_choice: CanonicalRequest['tool_choice']): unknown =>
      encode(tool_choice === undefined ? { tools } : { tools, tool_choice }).body['tool_choice'];
    expect(choiceOf(undefined)).to.equal(undefined);
    expect(choiceOf({ type: 'auto' })).to.equal('auto');
    expect(choiceOf({ type: 'none' })).to.equal('none');
    expect(choiceOf({ type: 'any' })).to.equal('required');
    expect(choiceOf({ type: 'tool', name: 'Read' })).to.deep.equal({ type: 'function', function: { name: 'Read' } });
  });

  it('names a mapped tool by its mapped name', () => {
    const { body, names } = encode({ tools, tool_choice: { type: 'tool', name: 'mcp.server/tool' } });
    expect(body['tool_choice']).to.deep.equal({ type: 'function', function: { name: names[1] } });
  });

  it('offers a deferred tool that must be called', () => {
    const { names } = encode({
      tools: [tool('late', { defer_loading: true })],
      tool_choice: { type: 'tool', name: 'late' },
    });
    expect(names).to.deep.equal(['late']);
  });

  it('reports a choice that is not there', () => {
    const gone = encode({ tools, tool_choice: { type: 'tool', name: 'web_search' } });
    expect(gone.body['tool_choice']).to.equal('auto');
    expect(gone.losses[0]).to.include({ kind: 'degraded', path: 'tool_choice' });
    const empty = encode({ tools: [], tool_choice: { type: 'any' } });
    expect(empty.body).not.to.have.property('tool_choice');
    expect(empty.losses[0]).to.include({ kind: 'dropped', path: 'tool_choice' });
  });

  it('switches parallel calls off where the provider has the switch', () => {
    const tool_choice = { type: 'auto', disable_parallel_tool_use: true } as const;
    expect(encode({ tools, tool_choice }).body['parallel_tool_calls']).to.equal(false);
    const without = encode({ tools, tool_choice }, { parallelToolCallsSwitch: false });
    expect(without.body).not.to.have.property('parallel_tool_calls');
    expect(without.losses.map(({ feature }) => feature)).to.deep.equal(['parallel_tool_calls']);
  });
});
