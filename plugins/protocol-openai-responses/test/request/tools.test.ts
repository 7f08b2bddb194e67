import { expect } from 'chai';
import type { CanonicalRequest, CodecContext, JsonObject, Quirks, ServerTool } from '@claudex/sdk';
import { assistant, call, result, tool, user } from '@claudex/sdk/testing';
import { encode as encodeRequest, said } from './support/encode.ts';

function server(type: string, declaration: JsonObject = {}): ServerTool {
  const name = type.replace(/_2.*/, '');
  return { kind: 'server', type, name, declaration: { type, name, ...declaration } };
}

const WEB_SEARCH = server('web_search_20250305');

function encode(request: Partial<CanonicalRequest>, quirks: Quirks = {}, more: Partial<CodecContext> = {}) {
  const { body, wire, losses, features } = encodeRequest(request, quirks, more);
  const tools = wire.tools ?? [];
  return { body, wire, tools, names: tools.map((entry) => ('name' in entry ? entry.name : '')), losses, features };
}

describe('encoding tools', () => {
  it('offers client tools as functions in their order, never strict', () => {
    const { tools, losses } = encode({
      tools: [
        tool('Write', {
          description: 'Writes.',
          input_schema: { type: 'object', properties: { a: { type: 'string' } } },
        }),
        tool('Read'),
      ],
    });
    expect(tools).to.deep.equal([
      {
        type: 'function',
        name: 'Write',
        description: 'Writes.',
        parameters: { type: 'object', properties: { a: { type: 'string' } } },
        strict: false,
      },
      { type: 'function', name: 'Read', parameters: { type: 'object', properties: {} }, strict: false },
    ]);
    expect(losses).to.deep.equal([]);
  });

  it('fills in the root of a schema without touching the client’s', () => {
    const schema = { required: ['a'] };
    const { tools } = encode({ tools: [tool('A', { input_schema: schema })] });
    expect(tools[0]).to.have.deep.property('parameters', { required: ['a'], type: 'object', properties: {} });
    expect(schema).to.deep.equal({ required: ['a'] });
  });

  it('cuts a schema down to what the provider takes, with one loss for each tool', () => {
    const cut = { anyOf: [{ properties: { pattern: { type: 'string' } } }], not: {} };
    const { tools, losses } = encode({ tools: [tool('Cut', { input_schema: cut }), tool('Whole')] });
    expect(tools[0]).to.have.nested.property('parameters.properties.pattern');
    expect(tools[0]).to.have.property('parameters').that.does.not.have.any.keys('anyOf', 'not');
    expect(losses.map(({ kind, path, feature }) => [kind, path, feature])).to.deep.equal([
      ['adjusted', 'tools[0].input_schema', 'tool_schema'],
    ]);
    expect(losses[0]?.reason).to.include('Cut').and.not.include('pattern');
    const whole = encode({ tools: [tool('Cut', { input_schema: cut })] }, { schemaDialect: 'full' });
    expect(whole.tools[0]).to.have.deep.property('parameters', cut);
    expect(whole.losses).to.deep.equal([]);
  });

  it('leaves out one bad tool by name instead of failing', () => {
    const bad = tool('Bad', { input_schema: 'nonsense' as unknown as JsonObject });
    const messages = [
      assistant(call('1', 'ToolSearch')),
      user(result('1', { type: 'tool_reference', tool_name: 'Bad' })),
    ];
    const { names, losses, body } = encode({ tools: [bad, tool('Good')], messages });
    expect(names).to.deep.equal(['Good']);
    expect(losses[0]).to.include({ kind: 'dropped', path: 'tools[0]', feature: 'quarantined_tool' });
    expect(losses[0]?.reason).to.include('Bad');
    expect(JSON.stringify(body)).to.include('The tool Bad cannot be used with this model.');
  });

  it('leaves out tools that the provider has refused, by their name on the wire', () => {
    const tools = [tool('Good'), tool('mcp.bad')];
    const refused = encode({ tools }).names[1] ?? '';
    const { names, losses } = encode({ tools }, {}, { quarantinedTools: [refused] });
    expect(names).to.deep.equal(['Good']);
    expect(losses.map(({ path, feature }) => [path, feature])).to.deep.equal([['tools[1]', 'quarantined_tool']]);
    expect(losses[0]?.reason).to.include('mcp.bad');
  });

  it('maps names that are too long or illegal, each to another one', () => {
    const long = 'n'.repeat(70);
    const { names } = encode({ tools: [tool('a'.repeat(64)), tool(`${long}1`), tool(`${long}2`), tool('naïve tool')] });
    expect(names[0]).to.equal('a'.repeat(64));
    expect(new Set(names).size).to.equal(4);
    for (const name of names) expect(name).to.match(/^[a-zA-Z0-9_-]{1,64}$/);
  });

  it('hides deferred tools until they are found or called, then appends them in that order', () => {
    const deferred = ['placeholder', 'called', 'found', 'hidden'].map((name) => tool(name, { defer_loading: true }));
    const tools = [...deferred, tool('Read')];
    const messages = [
      user('hi'),
      assistant(call('1', 'ToolSearch')),
      user(result('1', { type: 'tool_reference', tool_name: 'found' })),
    ];
    expect(encode({ tools, messages }).names).to.deep.equal(['Read', 'found']);
    const later = [...messages, assistant(call('2', 'called')), user(result('2', 'ok'))];
    expect(encode({ tools, messages: later }).names).to.deep.equal(['Read', 'found', 'called']);
    expect(encode({ tools: deferred }).body).not.to.have.property('tools');
  });

  it('offers a name once', () => {
    const { names, features } = encode({ tools: [tool('A'), tool('A')] });
    expect(names).to.deep.equal(['A']);
    expect(features).to.deep.equal(['duplicate_tool']);
  });

  it('reports cache markers once and extras of another protocol once', () => {
    const marked = (name: string) =>
      tool(name, { cache_control: { type: 'ephemeral' }, ext: { 'anthropic-messages': { a: 1 } } });
    expect(encode({ tools: [marked('A'), marked('B')] }).features).to.deep.equal(['tool_extension', 'cache_control']);
  });

  it('puts the list into the input where the provider refuses it at the top', () => {
    const { body, wire } = encode({ tools: [tool('Read')] }, { toolsPlacement: 'input' });
    expect(body).not.to.have.property('tools');
    expect(wire.input).to.deep.equal([
      {
        type: 'additional_tools',
        role: 'developer',
        tools: [{ type: 'function', name: 'Read', parameters: { type: 'object', properties: {} }, strict: false }],
      },
      said('hi'),
    ]);
    expect(encode({}, { toolsPlacement: 'input' }).wire.input).to.deep.equal([said('hi')]);
  });
});

describe('encoding server tools', () => {
  it('never turns one into a function', () => {
    const { body, losses } = encode({ tools: [WEB_SEARCH, server('web_fetch_20250910')] });
    expect(body).not.to.have.property('tools');
    expect(losses.map(({ kind, path, feature }) => [kind, path, feature])).to.deep.equal([
      ['dropped', 'tools[0]', 'server_tool'],
      ['dropped', 'tools[1]', 'server_tool'],
    ]);
  });

  it('turns a web search into the provider’s own where it has one, and asks for its sources', () => {
    const user_location = { type: 'approximate', country: 'CH' };
    const search = server('web_search_20250305', { allowed_domains: ['example.org'], user_location, max_uses: 8 });
    const { tools, body, losses } = encode({ tools: [search, server('bash_20250124')] }, { webSearch: 'tool' });
    expect(tools).to.deep.equal([{ type: 'web_search', filters: { allowed_domains: ['example.org'] }, user_location }]);
    expect(body['include']).to.deep.equal(['reasoning.encrypted_content', 'web_search_call.action.sources']);
    expect(losses.map(({ path, feature }) => [path, feature])).to.deep.equal([
      ['tools[0].max_uses', 'web_search_setting'],
      ['tools[1]', 'server_tool'],
    ]);
  });

  it('sends no settings that were not made', () => {
    const search = server('web_search_20250305', { allowed_domains: [], blocked_domains: [], user_location: null });
    const { tools, losses } = encode({ tools: [search] }, { webSearch: 'tool' });
    expect(tools).to.deep.equal([{ type: 'web_search' }]);
    expect(losses).to.deep.equal([]);
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
    expect(choiceOf({ type: 'tool', name: 'Read' })).to.deep.equal({ type: 'function', name: 'Read' });
  });

  it('names a mapped tool by its mapped name', () => {
    const { body, names } = encode({ tools, tool_choice: { type: 'tool', name: 'mcp.server/tool' } });
    expect(body['tool_choice']).to.deep.equal({ type: 'function', name: names[1] });
  });

  it('names the web search by its type', () => {
    const request = { tools: [WEB_SEARCH], tool_choice: { type: 'tool', name: 'web_search' } as const };
    expect(encode(request, { webSearch: 'tool' }).body['tool_choice']).to.deep.equal({ type: 'web_search' });
  });

  it('offers a deferred tool that must be called', () => {
    const late = [tool('late', { defer_loading: true })];
    expect(encode({ tools: late, tool_choice: { type: 'tool', name: 'late' } }).names).to.deep.equal(['late']);
  });

  it('reports a choice that is not there', () => {
    const gone = encode({ tools, tool_choice: { type: 'tool', name: 'web_search' } });
    expect(gone.body['tool_choice']).to.equal('auto');
    expect(gone.losses[0]).to.include({ kind: 'degraded', path: 'tool_choice' });
    const empty = encode({ tools: [], tool_choice: { type: 'any', disable_parallel_tool_use: true } });
    expect(empty.body).not.to.have.any.keys('tool_choice', 'parallel_tool_calls');
    expect(empty.losses[0]).to.include({ kind: 'dropped', path: 'tool_choice' });
    expect(encode({ tools: [], tool_choice: { type: 'auto' } }).losses).to.deep.equal([]);
  });

  it('leaves the choice to a model that cannot be made to call', () => {
    const { body, losses } = encode({ tools, tool_choice: { type: 'any' } }, { forcedToolChoice: false });
    expect(body['tool_choice']).to.equal('auto');
    expect(losses.map(({ kind, path }) => [kind, path])).to.deep.equal([['degraded', 'tool_choice']]);
  });

  it('switches parallel calls off where the provider has the switch', () => {
    const tool_choice = { type: 'auto', disable_parallel_tool_use: true } as const;
    expect(encode({ tools, tool_choice }).body['parallel_tool_calls']).to.equal(false);
    const without = encode({ tools, tool_choice }, { parallelToolCallsSwitch: false });
    expect(without.body).not.to.have.property('parallel_tool_calls');
    expect(without.features).to.deep.equal(['parallel_tool_calls']);
  });

  it('switches parallel calls off in every request with tools where the model makes a mess of them', () => {
    const quirks = { parallelToolCalls: false };
    expect(encode({ tools }, quirks).body['parallel_tool_calls']).to.equal(false);
    expect(encode({}, quirks).body).not.to.have.property('parallel_tool_calls');
  });
});
