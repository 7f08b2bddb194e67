import { expect } from 'chai';
import { question, startTestProxy, type TestProxy } from '../support/proxy.ts';
import { sendWhole, startRecordingServer, type RecordingServer } from '../support/recording-server.ts';
import { startChatUpstream, type ChatRequest } from '../support/scripted-chat-upstream.ts';
import { png } from './tokens/pictures.ts';

interface Count {
  readonly tokens: number;
  readonly method: string | null;
  readonly error: string | null;
}

const profiles = (url: string): string => `
[[profiles]]
name = "chat"
provider_type = "OpenAICompatible"
base_url = "${url}/v1"
default_model = "gpt-5"

[[profiles]]
name = "native"
base_url = "${url}"
default_model = "claude-sonnet-5-5"
`;

describe('counting tokens at the proxy', function () {
  this.timeout(30_000);
  let upstream: RecordingServer<ChatRequest>;
  let proxy: TestProxy;
  let workers = 0;
  const onWorker = (): void => void (workers += 1);

  before(async () => {
    process.on('worker', onWorker);
    upstream = await startChatUpstream(() => ({ text: 'hello' }));
    proxy = await startTestProxy(profiles(upstream.url));
  });

  after(async () => {
    process.off('worker', onWorker);
    await proxy.stop();
    await upstream.close();
  });

  async function count(body: object, profile = 'chat'): Promise<Count> {
    const response = await proxy.post(`/proxy/${profile}/v1/messages/count_tokens?beta=true`, body);
    expect(response.status).to.equal(200);
    const { input_tokens, ...rest } = (await response.json()) as { input_tokens: number };
    expect(rest).to.deep.equal({});
    return {
      tokens: input_tokens,
      method: response.headers.get('x-claudex-count'),
      error: response.headers.get('x-claudex-count-error'),
    };
  }
  const ask = (content: unknown, more: object = {}): Promise<Count> =>
    count({ model: 'gpt-5', messages: [{ role: 'user', content }], ...more });

  // First, because a worker stays for a while.
  it('starts no worker for messages', async () => {
    for (const stream of [false, true])
      await (await proxy.post('/proxy/chat/v1/messages', question({ stream }))).text();
    expect(workers).to.equal(0);
  });

  it('answers the many small questions of one look at the context with one worker', async () => {
    const counts = await Promise.all(
      Array.from({ length: 26 }, (_, index) => ask('word '.repeat(index + 1), { tools: [], model: 'claude-opus-5-5' })),
    );
    expect(counts.every(({ method, error }) => method === 'tokenizer' && error === null)).to.equal(true);
    const tokens = counts.map((each) => each.tokens);
    expect(tokens).to.deep.equal(tokens.toSorted((a, b) => a - b));
    expect(workers).to.equal(1);
  });

  it('counts words as the model does', async () => {
    const { tokens: one } = await ask('hello');
    const { tokens: five } = await ask('hello world, hello you');
    expect(one).to.be.within(6, 12);
    expect(five - one).to.equal(4);
  });

  it('counts with the encoding of the model that is really asked', async () => {
    // A Claude name goes to the default model of this profile; another name stays as it is.
    const text = 'お誕生日おめでとう'.repeat(50);
    const asClaude = await ask(text, { model: 'claude-opus-5-5' });
    expect(asClaude.tokens).to.equal((await ask(text)).tokens);
    expect((await ask(text, { model: 'gpt-4' })).tokens).to.be.greaterThan(asClaude.tokens);
  });

  it('counts the system prompt, tools, calls and results', async () => {
    const { tokens: bare } = await ask('hi');
    const system = await ask('hi', { system: 'word '.repeat(100) });
    expect(system.tokens - bare).to.be.within(99, 103);
    const tool = { name: 'Read', description: 'word '.repeat(50), input_schema: { type: 'object' } };
    const tools = await ask('hi', { tools: [tool] });
    expect(tools.tokens - bare).to.be.within(60, 100);
    expect((await ask('hi', { tools: [{ ...tool, defer_loading: true }] })).tokens).to.equal(bare);
    const calls = await count({
      model: 'gpt-5',
      messages: [
        { role: 'user', content: 'hi' },
        {
          role: 'assistant',
          content: [{ type: 'tool_use', id: 'a', name: 'Read', input: { path: 'word '.repeat(50) } }],
        },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'a', content: 'word '.repeat(100) }] },
      ],
    });
    expect(calls.tokens - bare).to.be.within(155, 175);
  });

  it('counts a picture by its dimensions', async () => {
    const { tokens: bare } = await ask([{ type: 'text', text: 'hi' }]);
    const picture = (width: number, height: number): Promise<Count> =>
      ask([
        { type: 'text', text: 'hi' },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png(width, height) } },
      ]);
    expect((await picture(512, 512)).tokens - bare).to.equal(255);
    expect((await picture(1_024, 1_024)).tokens - bare).to.equal(765);
  });

  for (const [what, text] of [
    ['a million of one letter', 'a'.repeat(1_000_000)],
    ['halves of characters', '\\ud800x'.repeat(10_000)],
    ['the names of special tokens', '<|endoftext|><|endofprompt|><EOT>'.repeat(100)],
    ['nothing but spaces', ' '.repeat(500_000)],
  ] as const) {
    it(`copes with ${what}`, async () => {
      const body = `{"model":"gpt-5","messages":[{"role":"user","content":"${text}"}]}`;
      const response = await proxy.post('/proxy/chat/v1/messages/count_tokens', body);
      expect(response.status).to.equal(200);
      expect(((await response.json()) as { input_tokens: number }).input_tokens).to.be.greaterThan(100);
      expect(response.headers.get('x-claudex-count')).to.equal('tokenizer');
    });
  }

  it('refuses what is no request, as a message would be refused', async () => {
    for (const body of [
      '[]',
      '{"model":"m"',
      '{"model":"m","messages":[{"role":"user","content":[{"type":"text"}]}]}',
    ]) {
      const response = await proxy.post('/proxy/chat/v1/messages/count_tokens', body);
      expect(response.status, body).to.equal(400);
    }
  });

  it('counts itself where an upstream of the same protocol does not', async () => {
    const counted = await count({ model: 'claude-sonnet-5-5', messages: [{ role: 'user', content: 'hi' }] }, 'native');
    expect(counted).to.include({ method: 'tokenizer' });
    expect(counted.tokens).to.be.within(8, 14);
  });

  it('takes the count of an upstream that has one for exact', async () => {
    const counting = await startRecordingServer((_request, response) => sendWhole(response, 200, { input_tokens: 42 }));
    const other = await startTestProxy(profiles(counting.url));
    try {
      const response = await other.post('/proxy/native/v1/messages/count_tokens', question());
      expect(await response.json()).to.deep.equal({ input_tokens: 42 });
      expect(response.headers.get('x-claudex-count')).to.equal('exact');
      expect(response.headers.get('x-claudex-count-error')).to.equal(null);
    } finally {
      await other.stop();
      await counting.close();
    }
  });

  it('ends its worker when it stops', async () => {
    const other = await startTestProxy(profiles(upstream.url));
    const exited = new Promise<void>((resolve) => {
      process.once('worker', (worker) => worker.once('exit', () => resolve()));
    });
    await (await other.post('/proxy/chat/v1/messages/count_tokens', question())).text();
    await other.stop();
    await exited;
  });
});
