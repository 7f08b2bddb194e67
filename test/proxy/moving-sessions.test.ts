import { expect } from 'chai';
import type { Provider } from '@claudex/sdk';
import { question, startTestProxy, type TestProxy } from '../support/proxy.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import { startAnthropicUpstream, type MessagesRequest } from '../support/scripted-anthropic-upstream.ts';
import { startChatUpstream, type ChatRequest } from '../support/scripted-chat-upstream.ts';
import { waitUntil } from '../support/wait-until.ts';

/** Anthropic itself, as far as the proxy can tell. */
const anthropic: Provider = {
  specVersion: 1,
  id: 'anthropic',
  title: 'Anthropic',
  protocol: 'anthropic-messages',
  models: { default: 'claude-x' },
};

const ENVELOPE = 'claudex.openai-chat.2.e30.00000000';
const GENUINE = { type: 'thinking', thinking: 'Signed.', signature: 'EqQBCkYIBxgC' };
const SEARCH = { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'q' } };
const searchResult = (encrypted: string): object => ({
  type: 'web_search_tool_result',
  tool_use_id: 'srvtoolu_1',
  content: [{ type: 'web_search_result', url: 'https://a.test', title: 'A', encrypted_content: encrypted }],
});
const citing = (encrypted: string): object => ({
  type: 'text',
  text: 'Found.',
  citations: [{ type: 'web_search_result_location', url: 'https://a.test', encrypted_index: encrypted }],
});

/** A body as Claude Code would send it, with these blocks in the assistant's turn. */
function history(...content: object[]): string {
  const messages = [
    { role: 'user', content: 'hello' },
    { role: 'assistant', content },
    { role: 'user', content: [{ type: 'text', text: 'go on', cache_control: { type: 'ephemeral' } }] },
  ];
  return JSON.stringify({ model: 'claude-x', max_tokens: 100, messages, unknown: 1 });
}

describe('a session that moves to another provider', () => {
  let upstream: RecordingServer<MessagesRequest>;
  let chat: RecordingServer<ChatRequest>;
  let proxy: TestProxy;

  beforeEach(async () => {
    upstream = await startAnthropicUpstream(() => [{ type: 'text', text: 'Hello.' }]);
    chat = await startChatUpstream((_body, n) =>
      n === 0 ? { toolCalls: [{ id: 'call:1', name: 'Read', input: { path: 'a' } }] } : { text: 'Done.' },
    );
    const profiles = [
      `[[profiles]]\nname = "vendor"\nprovider = "anthropic"\nbase_url = "${upstream.url}"\napi_key = "k"\n`,
      `[[profiles]]\nname = "imitator"\nbase_url = "${upstream.url}"\ndefault_model = "claude-x"\n`,
      `[[profiles]]\nname = "chat"\nprovider_type = "OpenAICompatible"\nbase_url = "${chat.url}/v1"\ndefault_model = "m"\n`,
    ];
    proxy = await startTestProxy(profiles.join(''), { providers: [anthropic] });
  });

  afterEach(async () => {
    await proxy.stop();
    await upstream.close();
    await chat.close();
  });

  async function sent(profile: string, body: string): Promise<{ raw: string; blocks: unknown }> {
    expect((await proxy.post(`/proxy/${profile}/v1/messages`, body)).status).to.equal(200);
    const request = upstream.requests.at(-1);
    return { raw: request?.raw ?? '', blocks: request?.body.messages[1]?.content };
  }

  const clean: [what: string, blocks: object[]][] = [
    ['reasoning that the vendor signed', [GENUINE, { type: 'text', text: 'x' }]],
    ['a search of the vendor', [SEARCH, searchResult('EqQB'), citing('EqQB')]],
    ['text about signatures', [{ type: 'text', text: `"claudex.toml" and "${ENVELOPE}"` }]],
    ['blocks nobody knows', [{ type: 'brand_new', a: [1.0] }]],
  ];
  for (const [what, blocks] of clean) {
    it(`keeps every byte of a history with ${what}`, async () => {
      for (const profile of ['vendor', 'imitator'])
        expect((await sent(profile, history(...blocks))).raw).to.equal(history(...blocks));
    });
  }

  const foreign: [what: string, blocks: object[], left: object[], feature: string][] = [
    ['state of another provider', [{ ...GENUINE, signature: ENVELOPE }], [], 'foreign_thinking'],
    ['redacted state', [{ type: 'redacted_thinking', data: ENVELOPE }], [], 'foreign_thinking'],
    ['another search', [SEARCH, searchResult('')], [], 'foreign_server_tool'],
    [
      'a search in our name',
      [
        { ...SEARCH, id: 'srvtoolu_claudex_1' },
        { ...searchResult('x'), tool_use_id: 'srvtoolu_claudex_1' },
      ],
      [],
      'foreign_server_tool',
    ],
    ['citations of another search', [citing('')], [{ type: 'text', text: 'Found.' }], 'foreign_citation'],
  ];
  for (const [what, blocks, left, feature] of foreign) {
    it(`leaves out ${what}, and nothing else`, async () => {
      const text = { type: 'text', text: 'kept' };
      const { raw, blocks: written } = await sent('vendor', history(GENUINE, ...blocks, text));
      expect(written).to.deep.equal([GENUINE, ...left, text]);
      expect(JSON.parse(raw)).to.deep.include({ model: 'claude-x', max_tokens: 100, unknown: 1 });
      expect(raw).to.contain('"cache_control":{"type":"ephemeral"}');
      await waitUntil('the log', () => proxy.log.some((line) => line.event === 'exchange'));
      expect(proxy.log.find((line) => line.event === 'exchange')).to.have.nested.property(`losses.${feature}`);
    });
  }

  it('hands unsigned reasoning back to those who imitate the vendor, and not to the vendor', async () => {
    const unsigned = { type: 'thinking', thinking: 'x', signature: '' };
    const text = { type: 'text', text: 'kept' };
    expect((await sent('imitator', history(unsigned, text))).raw).to.equal(history(unsigned, text));
    expect((await sent('vendor', history(unsigned, text))).blocks).to.deep.equal([text]);
    const mixed = history(unsigned, { ...unsigned, signature: ENVELOPE }, text);
    expect((await sent('imitator', mixed)).blocks).to.deep.equal([unsigned, text]);
  });

  it('goes from Chat to Anthropic and back', async () => {
    const messages: object[] = [{ role: 'user', content: 'hello' }];
    const ask = async (profile: string): Promise<void> => {
      const tools = [{ name: 'Read', input_schema: { type: 'object' } }];
      const response = await proxy.post(
        `/proxy/${profile}/v1/messages`,
        question({ model: 'claude-x', tools, messages }),
      );
      expect(response.status).to.equal(200);
      const { content } = (await response.json()) as { content: { type: string; id?: string }[] };
      messages.push({ role: 'assistant', content });
      const call = content.find(({ type }) => type === 'tool_use');
      const next = call
        ? { type: 'tool_result', tool_use_id: call.id, content: 'a file' }
        : { type: 'text', text: 'next' };
      messages.push({ role: 'user', content: [next] });
    };
    await ask('chat');
    await ask('vendor');
    await ask('chat');
    const call = upstream.requests[0]?.body.messages[1]?.content as { id: string; input: object }[];
    expect(call[0]?.id).to.match(/^[a-zA-Z0-9_-]{1,64}$/);
    expect(call[0]?.input).to.deep.equal({ path: 'a' });
    const last = chat.requests.at(-1)?.body.messages ?? [];
    expect(last.map(({ role }) => role)).to.deep.equal(['user', 'assistant', 'tool', 'assistant', 'user']);
    expect(last[2]?.tool_call_id).to.equal(last[1]?.tool_calls?.[0]?.id);
  });
});

describe('the effort of a profile, passed through', () => {
  it('takes the place of the client’s, also on single turns, and leaves the rest alone', async () => {
    const upstream = await startAnthropicUpstream(() => []);
    const proxy = await startTestProxy(
      `[[profiles]]\nname = "p"\nbase_url = "${upstream.url}"\ndefault_model = "m"\neffort = "high"\n`,
    );
    try {
      const messages = [
        { role: 'user', content: 'hello' },
        { role: 'system', content: 'Be short.', output_config: { effort: 'low' } },
      ];
      await proxy.post('/proxy/p/v1/messages', question({ messages, output_config: { effort: 'max', other: 1 } }));
      const body = upstream.requests[0]?.body;
      expect(body?.['output_config']).to.deep.equal({ effort: 'high', other: 1 });
      expect(body?.messages[1]).to.deep.include({ role: 'system', output_config: { effort: 'high' } });
    } finally {
      await proxy.stop();
      await upstream.close();
    }
  });
});
