import { expect } from 'chai';
import type { JsonObject, Quirks, ServerTool, Tool, ToolChoice } from '@claudex/sdk';
import { tool, user } from '@claudex/sdk/testing';
import type { GeminiRequest } from '../../src/wire.ts';
import { encode, encodeOld, words } from '../support/encode.ts';

const SCHEMA: JsonObject = {
  type: 'object',
  properties: { kind: { const: 'a' }, format: { type: 'string', format: 'uri' } },
  required: ['kind'],
};
const SEARCH: ServerTool = {
  kind: 'server',
  type: 'web_search_20250305',
  name: 'web_search',
  declaration: { type: 'web_search_20250305', name: 'web_search', max_uses: 8, allowed_domains: [] },
};
const messages = [user('go')];
const functionsOf = ({ tools = [] }: GeminiRequest) =>
  tools.flatMap((entry) => ('functionDeclarations' in entry ? entry.functionDeclarations : []));
const offered = (tools: Tool[], quirks: Quirks = {}) => encode({ messages, tools }, quirks);
const chosen = (choice: ToolChoice, tools: Tool[] = [tool('Read')], quirks: Quirks = {}) =>
  encode({ messages, tools, tool_choice: choice }, quirks);

describe('tools', () => {
  it('are functions with a JSON Schema, in which a constant is an enumeration of one value', () => {
    const { body, losses } = offered([tool('Read', { description: 'Reads.', input_schema: SCHEMA })]);
    expect(body.tools).to.deep.equal([
      {
        functionDeclarations: [
          {
            name: 'Read',
            description: 'Reads.',
            parametersJsonSchema: {
              type: 'object',
              properties: { kind: { enum: ['a'] }, format: { type: 'string', format: 'uri' } },
              required: ['kind'],
            },
          },
        ],
      },
    ]);
    expect(losses).to.deep.equal([]);
    expect(body.toolConfig).to.equal(undefined);
  });

  it("have a schema in Google's own dialect where a quirk asks for it", () => {
    const { body, losses } = offered([tool('Read', { input_schema: SCHEMA }), tool('Now')], {
      schemaDialect: 'gemini',
    });
    const functions = functionsOf(body);
    expect(functions[0]).to.have.nested.property('parameters.properties.kind.enum').that.deep.equals(['a']);
    expect(functions[0]).not.to.have.nested.property('parameters.properties.format.format');
    // A function without arguments has no schema there.
    expect(functions[1]).to.deep.equal({ name: 'Now' });
    expect(words(losses)).to.deep.equal(['adjusted tool_schema tools[0].input_schema']);
  });

  it('are left out where the provider refused them before', () => {
    const { body, losses } = encode(
      { messages, tools: [tool('Read'), tool('Grep')] },
      {},
      { quarantinedTools: ['Read'] },
    );
    expect(JSON.stringify(body.tools)).not.to.include('Read');
    expect(words(losses)).to.deep.equal(['dropped quarantined_tool tools[0]']);
  });

  it('keep names that the provider takes, and get others where it does not', () => {
    const long = `mcp__${'n'.repeat(80)}`;
    const { body } = offered([tool('mcp__a__b'), tool(long)]);
    const functions = functionsOf(body);
    expect(functions[0]?.name).to.equal('mcp__a__b');
    expect(functions[1]?.name).to.have.length(64);
  });
});

describe('the choice of a tool', () => {
  const configOf = ({ body }: ReturnType<typeof chosen>) => body.toolConfig?.functionCallingConfig;

  it('is a mode', () => {
    expect(configOf(chosen({ type: 'auto' }))).to.deep.equal({ mode: 'AUTO' });
    expect(configOf(chosen({ type: 'any' }))).to.deep.equal({ mode: 'ANY' });
    expect(configOf(chosen({ type: 'none' }))).to.deep.equal({ mode: 'NONE' });
    expect(configOf(chosen({ type: 'tool', name: 'Read' }))).to.deep.equal({
      mode: 'ANY',
      allowedFunctionNames: ['Read'],
    });
  });

  it('is left to the model where it cannot be forced', () => {
    for (const encoded of [
      chosen({ type: 'any' }, [tool('Read')], { forcedToolChoice: false }),
      chosen({ type: 'tool', name: 'Gone' }),
    ]) {
      expect(configOf(encoded)).to.deep.equal({ mode: 'AUTO' });
      expect(words(encoded.losses)).to.deep.equal(['degraded tool_choice tool_choice']);
    }
  });

  it('is not sent without functions, and has no switch for parallel calls', () => {
    const none = chosen({ type: 'any' }, []);
    expect(none.body).not.to.have.property('toolConfig');
    expect(words(none.losses)).to.deep.equal(['dropped tool_choice tool_choice']);
    const single = chosen({ type: 'auto', disable_parallel_tool_use: true });
    expect(words(single.losses)).to.deep.equal(['dropped parallel_tool_calls tool_choice.disable_parallel_tool_use']);
  });
});

describe("the provider's own web search", () => {
  it('is offered where a quirk says so, without settings', () => {
    const { body, losses } = encode(
      { messages, tools: [SEARCH], tool_choice: { type: 'tool', name: 'web_search' } },
      { webSearch: 'tool' },
    );
    expect(body.tools).to.deep.equal([{ googleSearch: {} }]);
    expect(body).not.to.have.property('toolConfig');
    expect(words(losses)).to.deep.equal([
      'dropped web_search_setting tools[0].max_uses',
      'degraded tool_choice tool_choice',
    ]);
    expect(words(offered([SEARCH]).losses)).to.deep.equal(['dropped server_tool tools[0]']);
  });

  it('stands beside functions from Gemini 3 on, with a switch that says so', () => {
    const { body } = offered([SEARCH, tool('Read')], { webSearch: 'tool' });
    expect(body.tools).to.have.length(2);
    expect(body.toolConfig).to.deep.equal({ includeServerSideToolInvocations: true });
    const old = encodeOld({ messages, tools: [SEARCH, tool('Read')] }, { webSearch: 'tool' });
    expect(old.body.tools).to.have.length(1);
    expect(words(old.losses)).to.deep.equal(['dropped server_tool tools[0]']);
    expect(encodeOld({ messages, tools: [SEARCH] }, { webSearch: 'tool' }).body.tools).to.deep.equal([
      { googleSearch: {} },
    ]);
  });

  it('stands there without the switch where the server does not know it', () => {
    const { body, losses } = encode(
      { messages, tools: [SEARCH, tool('Read')], tool_choice: { type: 'auto' } },
      { webSearch: 'tool', omitFields: ['toolConfig.includeServerSideToolInvocations'] },
    );
    expect(body.toolConfig).to.deep.equal({ functionCallingConfig: { mode: 'AUTO' } });
    expect(words(losses)).to.include('dropped refused_field toolConfig.includeServerSideToolInvocations');
  });
});
