import { expect } from 'chai';
import type { CanonicalRequest, ContentBlock, JsonObject, Message, Quirks } from '@claudex/sdk';
import { encodeRequest } from '../../src/request.ts';
import { assistant, call, contextOf, result, tool, user } from '@claudex/sdk/testing';

function encode(request: Partial<CanonicalRequest>, quirks: Quirks = {}, quarantinedTools: string[] = []) {
  const { body, losses } = encodeRequest({
    ...contextOf({ messages: [user('hi')], ...request }, quirks),
    quarantinedTools,
  });
  const tools = (body['tools'] ?? []) as { function: { name: string; parameters: JsonObject } }[];
  return {
    body,
    losses,
    names: tools.map((entry) => entry.function.name),
    schemas: tools.map((entry) => entry.function.parameters),
  };
}

describe('encoding the schemas of tools', () => {
  it('cuts them down as the dialect needs, with one loss for each tool', () => {
    const schema = {
      type: 'object',
      properties: { pattern: { type: 'string', pattern: '^a' }, b: { type: 'string', pattern: '^b' } },
    };
    const tools = [tool('A', { input_schema: schema }), tool('B')];
    const { schemas, losses } = encode({ tools }, { schemaDialect: 'gemini' });
    expect(schemas[0]?.['properties']).to.have.all.keys('pattern', 'b');
    expect(JSON.stringify(schemas[0])).not.to.include('"pattern":"^');
    expect(losses.map(({ kind, path, feature }) => [kind, path, feature])).to.deep.equal([
      ['adjusted', 'tools[0].input_schema', 'tool_schema'],
    ]);
    expect(losses[0]?.reason).to.match(/tool A\b/);
    expect(encode({ tools }, { schemaDialect: 'full' }).schemas[0]).to.equal(schema);
  });

  it('makes the root a plain object unless told otherwise', () => {
    const tools = [tool('A', { input_schema: { anyOf: [{ required: ['a'] }], properties: { a: {} } } })];
    expect(encode({ tools }).schemas[0]).to.include({ type: 'object' }).and.not.to.have.property('anyOf');
    expect(encode({ tools }, { schemaDialect: 'full' }).schemas[0]).to.have.property('anyOf');
  });

  it('leaves out a tool whose schema is none, and names it', () => {
    const broken = tool('Broken', { input_schema: [] as unknown as JsonObject });
    const { names, losses } = encode({ tools: [broken, tool('Read')] });
    expect(names).to.deep.equal(['Read']);
    expect(losses.map(({ kind, path, feature }) => [kind, path, feature])).to.deep.equal([
      ['dropped', 'tools[0]', 'quarantined_tool'],
    ]);
    expect(losses[0]?.reason).to.include('Broken');
  });

  it('leaves out what the provider refused, by its name on the wire', () => {
    const tools = [tool('mcp.x:y'), tool('Read')];
    const [wireName = ''] = encode({ tools }).names;
    const { body, names, losses } = encode({ tools, tool_choice: { type: 'tool', name: 'mcp.x:y' } }, {}, [wireName]);
    expect(names).to.deep.equal(['Read']);
    expect(body['tool_choice']).to.equal('auto');
    expect(losses.map(({ feature }) => feature)).to.deep.equal(['quarantined_tool', 'tool_choice']);
    expect(losses[0]?.reason).to.include('mcp.x:y');
  });

  it('calls a tool by its place where its name could be any text', () => {
    const tools = [tool('my secret'), tool('x'.repeat(129))].map((one) => ({ ...one, input_schema: { anyOf: [] } }));
    const { names, losses } = encode({ tools }, { schemaDialect: 'gemini' });
    const refused = encode({ tools }, {}, names).losses;
    expect([...losses, ...refused]).to.have.lengthOf(4);
    for (const { path, reason } of [...losses, ...refused])
      expect(reason)
        .to.match(/ tool at tools\[[01]\] /)
        .and.include(path.slice(0, 'tools[0]'.length));
    expect(JSON.stringify([losses, refused])).not.to.match(/secret|xxx/);
  });

  it('tells the model that a tool it found cannot be used', () => {
    const found: ContentBlock = { type: 'tool_reference', tool_name: 'late' };
    const messages = [user('hi'), assistant(call('1', 'ToolSearch')), user(result('1', found))];
    const { body, names } = encode({ messages, tools: [tool('late', { defer_loading: true })] }, {}, ['late']);
    expect(names).to.deep.equal([]);
    expect(JSON.stringify(body['messages'])).to.include('The tool late cannot be used with this model.');
  });
});

describe('the order of tools', () => {
  const tools = [tool('z', { defer_loading: true }), tool('Read'), tool('y', { defer_loading: true }), tool('Bash')];
  const find = (id: string, name: string): Message[] => [
    assistant(call(id, 'Read')),
    user(result(id, { type: 'tool_reference', tool_name: name })),
  ];

  it('only grows: tools that were found come last, in the order in which they were found', () => {
    const start = [user('hi')];
    const first = [...start, ...find('1', 'y')];
    const second = [...first, ...find('2', 'z')];
    expect(encode({ tools, messages: start }).names).to.deep.equal(['Read', 'Bash']);
    expect(encode({ tools, messages: first }).names).to.deep.equal(['Read', 'Bash', 'y']);
    expect(encode({ tools, messages: second }).names).to.deep.equal(['Read', 'Bash', 'y', 'z']);
  });

  it('shows a tool that was declared twice once, in its first place', () => {
    const twice = [tool('A'), tool('A', { defer_loading: true })];
    expect(encode({ tools: twice, messages: [user('hi'), ...find('1', 'A')] }).names).to.deep.equal(['A']);
  });
});

describe('choices that a provider does not have', () => {
  const tools = [tool('Read')];

  it('lets the model choose where it cannot be forced', () => {
    for (const tool_choice of [{ type: 'any' }, { type: 'tool', name: 'Read' }] as const) {
      const { body, losses } = encode({ tools, tool_choice }, { forcedToolChoice: false });
      expect(body['tool_choice']).to.equal('auto');
      expect(losses.map(({ kind, feature }) => [kind, feature])).to.deep.equal([['degraded', 'tool_choice']]);
    }
    expect(encode({ tools, tool_choice: { type: 'none' } }, { forcedToolChoice: false }).losses).to.deep.equal([]);
  });

  it('switches parallel calls off in every request with tools where they do harm', () => {
    const quirks = { parallelToolCalls: false };
    expect(encode({ tools }, quirks).body).to.include({ parallel_tool_calls: false });
    expect(encode({}, quirks).body).not.to.have.property('parallel_tool_calls');
    expect(encode({ tools }, { ...quirks, parallelToolCallsSwitch: false }).body).not.to.have.property(
      'parallel_tool_calls',
    );
  });
});
