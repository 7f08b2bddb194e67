import Anthropic from '@anthropic-ai/sdk';
import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import { expect } from 'chai';
import type { RunningProxy } from '../../src/proxy/proxy-options.ts';
import { startProxy } from '../../src/proxy/start-proxy.ts';
import { loadedFrom } from '../support/configuration.ts';
import type { RecordingServer } from '../support/recording-server.ts';
import { toyLines } from './fixture-protocol/index.js';
import { FAILURE, PLAIN, TOOL_CALL } from './support/toy-answers.ts';
import { startToyUpstream, type ToyRequest } from './support/toy-upstream.ts';

const TOKEN = 'token-of-the-proxy-0123456789';

const READ: Anthropic.Tool = {
  name: 'Read',
  description: 'Reads a file.',
  input_schema: { type: 'object', properties: { path: { type: 'string' } } },
};

const QUESTION: Anthropic.MessageParam = { role: 'user', content: 'What does a say?' };

describe('a protocol of somebody else', () => {
  let upstream: RecordingServer<ToyRequest>;
  let proxy: RunningProxy;
  let client: Anthropic;

  beforeEach(async () => {
    upstream = await startToyUpstream([TOOL_CALL, PLAIN, FAILURE]);
    proxy = await startProxyFor(upstream.url);
    client = new Anthropic({
      baseURL: `http://127.0.0.1:${proxy.port}/proxy/toy`,
      authToken: TOKEN,
      apiKey: null,
      maxRetries: 0,
    });
  });
  afterEach(async () => {
    await proxy.stop();
    await upstream.close();
  });

  const ask = (messages: Anthropic.MessageParam[]): Promise<Anthropic.Message> =>
    client.messages.stream({ model: 'toy', max_tokens: 100, tools: [READ], messages }).finalMessage();

  it('serves a whole tool loop to the official client, and gets its own state back', async () => {
    const first = await ask([QUESTION]);
    expect(first.stop_reason).to.equal('tool_use');
    expect(first.usage).to.include({ input_tokens: 20, output_tokens: 9 });
    const [thought, text, call] = first.content;
    expect(thought).to.include({ type: 'thinking', thinking: 'A file is needed.' });
    expect(text).to.include({ type: 'text', text: 'Let me look.' });
    expect(call).to.deep.include({ type: 'tool_use', name: 'Read', input: { path: 'a' } });

    const result = { type: 'tool_result', tool_use_id: idOf(call), content: 'hello' } as const;
    const second = await ask([
      QUESTION,
      { role: 'assistant', content: first.content },
      { role: 'user', content: [result] },
    ]);
    expect(second.stop_reason).to.equal('end_turn');
    expect(second.content).to.have.length(1);
    expect(second.content[0]).to.include({ type: 'text', text: 'It says hello.' });

    expect(upstream.failures).to.deep.equal([]);
    const [opening, next] = upstream.requests;
    expect(opening?.headers['x-toy-key']).to.equal('key-of-toy');
    expect(opening?.body).to.deep.include({ model: 'toy', lines: [{ who: 'user', say: 'What does a say?' }] });
    expect(opening?.body.tools.map(({ name }) => name)).to.deep.equal(['Read']);
    expect(next?.body.lines.map(({ who }) => who)).to.deep.equal(['user', 'model', 'model', 'model', 'tool']);
    expect(next?.body.lines[1]).to.deep.include({ think: 'A file is needed.', memo: 'memo-of-the-provider' });
    expect(next?.body.lines[4]?.answers).to.equal(next?.body.lines[3]?.call?.id);
  });

  it('serves a client that wants the answer whole', async () => {
    const answer = await client.messages.create({ model: 'toy', max_tokens: 100, messages: [QUESTION] });
    expect(answer.stop_reason).to.equal('tool_use');
    expect(answer.content.map(({ type }) => type)).to.deep.equal(['thinking', 'text', 'tool_use']);
  });

  it('tells the client of failures in and before a stream', async () => {
    await ask([QUESTION]);
    await ask([QUESTION]);
    expect(await failureOf(ask([QUESTION]))).to.include('The provider is overloaded.');
    expect(await failureOf(ask([QUESTION]))).to.include('Nothing is left to say.');
  });
});

async function startProxyFor(url: string): Promise<RunningProxy> {
  const protocols = new Map([anthropicMessages, toyLines].map((protocol) => [protocol.id, protocol]));
  const profile = `name = "toy"\nprovider_type = "ToyLines"\nbase_url = "${url}"\ndefault_model = "toy-1"\napi_key_env = "TOY_KEY"`;
  return startProxy({
    configuration: await loadedFrom(`[[profiles]]\n${profile}\n`),
    environment: {},
    keys: { TOY_KEY: 'key-of-toy' },
    registry: { protocols, providers: new Map(), searches: new Map(), warnings: [] },
    token: TOKEN,
    version: '0.0.0-test',
    host: '127.0.0.1',
    port: 0,
    log: () => undefined,
  });
}

function idOf(block: Anthropic.ContentBlock | undefined): string {
  if (block?.type !== 'tool_use') throw new Error(`expected a call, got ${block?.type ?? 'nothing'}`);
  return block.id;
}

async function failureOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt;
  } catch (error) {
    return String(error);
  }
  throw new Error('the request did not fail');
}
