import { expect } from 'chai';
import type { ContentBlock } from '@claudex/sdk';
import { answerOf, blocksOf, decode, lossesOf, stateOf } from './support/decode.ts';
import { added, completed, CREATED, delta, done, event, functionCall } from './support/events.ts';

/** The call and the result that one finished item becomes. */
function ranTool(item: object): ContentBlock[] {
  return [...blocksOf([done(0, item)])];
}

describe('decoding tools that the provider runs', () => {
  it('shows a web search and its pages as the client knows them', () => {
    const action = { type: 'search', query: 'q', sources: [{ type: 'url', url: 'https://a.example/' }, { type: 'x' }] };
    const item = { type: 'web_search_call', id: 'ws_1-a', status: 'completed', action };
    const events = decode([
      CREATED,
      added(0, { ...item, status: 'in_progress', action: undefined }),
      event('response.web_search_call.searching', { output_index: 0, item_id: 'ws_1-a' }),
      done(0, item),
      completed(),
    ]);
    expect(events.map(({ type }) => type).slice(1, 4)).to.deep.equal([
      'content_block_start',
      'ping',
      'content_block_delta',
    ]);
    expect(ranTool(item)).to.deep.equal([
      {
        type: 'server_tool_use',
        id: 'srvtoolu_claudex_ws_1_a',
        name: 'web_search',
        input: { type: 'search', query: 'q' },
      },
      {
        type: 'server_tool_result',
        result_type: 'web_search_tool_result',
        tool_use_id: 'srvtoolu_claudex_ws_1_a',
        content: [
          {
            type: 'web_search_result',
            url: 'https://a.example/',
            title: 'https://a.example/',
            encrypted_content: '',
            page_age: null,
          },
        ],
      },
    ]);
    expect(answerOf([done(0, item), completed()]).stop_reason).to.equal('end_turn');
  });

  it('takes a search that tells its query as arguments, and one that failed', () => {
    const [use] = ranTool({ type: 'web_search_call', id: 'a', call_id: '', arguments: '{"query":"q"}' });
    expect(use).to.deep.include({ id: 'srvtoolu_claudex_a', input: { query: 'q' } });
    const [, failure] = ranTool({ type: 'web_search_call', id: 'a', status: 'failed' });
    expect(failure).to.deep.include({
      content: { type: 'web_search_tool_result_error', error_code: 'unavailable' },
    });
  });

  it('shows a search in files', () => {
    const results = [{ file_id: 'f', text: 'passage' }];
    expect(ranTool({ type: 'file_search_call', id: 'fs', queries: ['a', 'b'], results })).to.deep.equal([
      { type: 'server_tool_use', id: 'srvtoolu_claudex_fs', name: 'file_search', input: { queries: ['a', 'b'] } },
      {
        type: 'server_tool_result',
        result_type: 'file_search_tool_result',
        tool_use_id: 'srvtoolu_claudex_fs',
        content: results,
      },
    ]);
    expect(ranTool({ type: 'file_search_call', id: 'fs', queries: [], results: null })[1]).to.deep.include({
      content: [],
    });
  });

  it('streams code and shows what came out of it', () => {
    const outputs = [
      { type: 'logs', logs: '1' },
      { type: 'image', url: 'https://a.example/i.png' },
    ];
    const item = { type: 'code_interpreter_call', id: 'ci', container_id: 'c', code: 'print("1")', outputs };
    const expected = [
      {
        type: 'server_tool_use',
        id: 'srvtoolu_claudex_ci',
        name: 'code_interpreter',
        input: { container_id: 'c', code: item.code },
      },
      {
        type: 'server_tool_result',
        result_type: 'code_interpreter_tool_result',
        tool_use_id: 'srvtoolu_claudex_ci',
        content: outputs,
      },
    ];
    const begun = added(0, { ...item, code: '', outputs: [] });
    const code = (text: string) => delta('code_interpreter_call_code', 0, text, { item_id: 'ci' });
    expect(blocksOf([begun, code('print("'), code('1")'), done(0, item)])).to.deep.equal(expected);
    const last = event('response.code_interpreter_call_code.done', { output_index: 0, code: item.code });
    expect(blocksOf([begun, last, done(0, item)])).to.deep.equal(expected);
    expect(ranTool(item)).to.deep.equal(expected);
    const [use] = ranTool({ type: 'code_interpreter_call', id: 'ci', arguments: '{"code":"1"}' });
    expect(use).to.deep.include({ input: { code: '1' } });
  });

  it('shows a picture as an image source, and previews as one loss', () => {
    const item = {
      type: 'image_generation_call',
      id: 'ig',
      result: 'AAAA',
      revised_prompt: 'p',
      output_format: 'webp',
    };
    const [use, result] = ranTool(item);
    expect(use).to.deep.include({ name: 'image_generation', input: { prompt: 'p' } });
    expect(result).to.deep.include({
      content: [{ type: 'image', source: { type: 'base64', media_type: 'image/webp', data: 'AAAA' } }],
    });
    expect(ranTool({ type: 'image_generation_call', id: 'ig', prompt: 'p', result: null })[1]).to.deep.include({
      content: [],
      is_error: true,
    });
    const preview = event('response.image_generation_call.partial_image', { output_index: 0, partial_image_b64: 'AA' });
    expect(lossesOf([preview, preview, done(0, item), completed()]).map(({ feature }) => feature)).to.deep.equal([
      'partial_image',
    ]);
  });

  it('names the server of an MCP call, and shows its output or its error', () => {
    const item = {
      type: 'mcp_call',
      id: 'mcp',
      server_label: 'wiki',
      name: 'ask',
      arguments: '{"q":1}',
      output: 'yes',
    };
    const begun = added(0, { ...item, arguments: '', output: null });
    const expected = [
      { type: 'server_tool_use', id: 'srvtoolu_claudex_mcp', name: 'ask', input: { q: 1 }, server_name: 'wiki' },
      {
        type: 'server_tool_result',
        result_type: 'mcp_tool_result',
        tool_use_id: 'srvtoolu_claudex_mcp',
        content: [{ type: 'text', text: 'yes' }],
      },
    ];
    expect(blocksOf([begun, delta('mcp_call_arguments', 0, '{"q":1}'), done(0, item)])).to.deep.equal(expected);
    const last = event('response.mcp_call_arguments.done', { output_index: 0, arguments: '{"q":1}' });
    expect(blocksOf([begun, last, done(0, item)])).to.deep.equal(expected);
    for (const error of ['broken', { code: 500, message: 'broken' }])
      expect(ranTool({ ...item, output: null, error })[1]).to.deep.include({
        content: [{ type: 'text', text: 'broken' }],
        is_error: true,
      });
  });

  it('joins a shell of the provider with its output', () => {
    const environment = { type: 'container_reference', container_id: 'c' };
    const action = { commands: ['ls'], timeout_ms: null };
    const shell = { type: 'shell_call', id: 'sh', call_id: 'call_1', environment };
    const output = [{ outcome: { type: 'exit', exit_code: 0 }, stderr: '', stdout: 'a\n' }];
    const place = { output_index: 1, command_index: 0 };
    const told = { type: 'shell_call_output', id: 'sho', call_id: 'call_1' };
    const blocks = blocksOf([
      added(0, { ...shell, action: { commands: [] } }),
      done(0, { ...shell, action }),
      added(1, { ...told, output: [] }),
      event('response.shell_call_output_content.delta', { ...place, delta: { stdout: 'a\n' } }),
      event('response.shell_call_output_content.done', { ...place, output }),
      done(1, { ...told, output: [] }),
    ]);
    expect(blocks).to.deep.equal([
      { type: 'server_tool_use', id: 'srvtoolu_claudex_call_1', name: 'shell', input: action },
      {
        type: 'server_tool_result',
        result_type: 'shell_tool_result',
        tool_use_id: 'srvtoolu_claudex_call_1',
        content: output,
      },
    ]);
    expect(blocksOf([done(0, { ...told, output })])[0]).to.deep.include({ content: output });
  });

  it('joins a search for tools with its output although that names no call', () => {
    const tools = [{ type: 'function', name: 'get_weather' }];
    const blocks = blocksOf([
      done(0, { type: 'tool_search_call', id: 'tsc', call_id: null, execution: 'server', arguments: { paths: ['a'] } }),
      done(1, { type: 'tool_search_output', id: 'tso', call_id: null, execution: 'server', tools }),
    ]);
    expect(blocks).to.deep.equal([
      { type: 'server_tool_use', id: 'srvtoolu_claudex_tsc', name: 'tool_search', input: { paths: ['a'] } },
      {
        type: 'server_tool_result',
        result_type: 'tool_search_tool_result',
        tool_use_id: 'srvtoolu_claudex_tsc',
        content: tools,
      },
    ]);
  });

  it('seals the fingerprint of a program before it, and joins it with its calls and its output', () => {
    const program = { type: 'program', id: 'cm', call_id: 'call_p', code: 'run()', fingerprint: 'fp' };
    const caller = { type: 'program', caller_id: 'call_p' };
    const [state, use, callState, call, result] = blocksOf([
      added(0, { ...program, code: '', fingerprint: 'early' }),
      done(0, program),
      ...functionCall(1, 'c', '{}', { caller }),
      done(2, { type: 'program_output', call_id: 'call_p', result: '{"a":1}' }),
    ]);
    const id = 'srvtoolu_claudex_call_p';
    expect(stateOf(state)).to.deep.equal({ item: 'program', call: id, call_id: 'call_p', fingerprint: 'fp' });
    expect(use).to.deep.equal({ type: 'server_tool_use', id, name: 'program', input: { code: 'run()' } });
    expect(stateOf(callState)).to.deep.include({ item: 'call', call: 'c' });
    expect(call).to.include({ type: 'tool_use' });
    expect(result).to.deep.include({ result_type: 'program_tool_result', tool_use_id: id, content: '{"a":1}' });
  });

  it('seals a compaction without its id', () => {
    const item = { type: 'compaction', id: 'cmp', encrypted_content: 'secret' };
    const [block, ...rest] = blocksOf([added(0, { ...item, encrypted_content: 'early' }), done(0, item)]);
    expect(rest).to.deep.equal([]);
    expect(stateOf(block)).to.deep.equal({
      item: 'compaction',
      value: { type: 'compaction', encrypted_content: 'secret' },
    });
  });

  it('says in words which tool wanted approval, and records what else it cannot show', () => {
    const request = { type: 'mcp_approval_request', name: 'create', server_label: 'zip', arguments: '{}' };
    const [block] = ranTool(request);
    expect(block?.type === 'text' && block.text).to.match(/"create" of the MCP server "zip"/);
    const events = [
      done(0, request),
      done(1, { type: 'mcp_list_tools', tools: [] }),
      done(2, { type: 'computer_call' }),
    ];
    expect(lossesOf([...events, completed()]).map(({ kind, feature }) => [kind, feature])).to.deep.equal([
      ['degraded', 'mcp_approval_request'],
      ['dropped', 'mcp_list_tools'],
      ['dropped', 'output_item'],
    ]);
  });

  it('gives long ids and missing ones an id that a client can take', () => {
    const long = `ws_${'a'.repeat(90)}`;
    const ids = [long, undefined, undefined].map((id) => {
      const [use] = ranTool({ type: 'web_search_call', id });
      return use?.type === 'server_tool_use' ? use.id : '';
    });
    for (const id of ids) expect(id).to.match(/^srvtoolu_[a-zA-Z0-9_]{1,55}$/);
    const two = blocksOf([done(0, { type: 'web_search_call' }), done(1, { type: 'web_search_call' })]);
    expect(new Set(two.flatMap((block) => (block.type === 'server_tool_use' ? [block.id] : []))).size).to.equal(2);
  });
});
