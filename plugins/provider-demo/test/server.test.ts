import { expect } from 'chai';
import OpenAI, { APIError } from 'openai';
import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import type { StartedUpstream } from '@claudex/sdk';
import { demo } from '../src/index.ts';
import { LISTING } from './support/conversation-builder.ts';

const TASK = { role: 'user', content: 'Look at the files here.' } as const;
const PARAMETERS = { type: 'object', properties: { command: { type: 'string' } }, required: ['command'] };
const BASH = { type: 'function' as const, function: { name: 'Bash', parameters: PARAMETERS } };

describe('the demo provider over HTTP', () => {
  let upstream: StartedUpstream;
  let client: OpenAI;
  const shutdown = new AbortController();
  const logged: string[] = [];

  before(async () => {
    if (demo.start === undefined) throw new Error('the demo provider brings its own upstream');
    upstream = await demo.start({ signal: shutdown.signal, log: (line) => void logged.push(line) });
    client = new OpenAI({ baseURL: upstream.baseUrl, apiKey: upstream.credential, maxRetries: 0, timeout: 10_000 });
  });
  after(() => upstream.stop());
  afterEach(() => expect(logged).to.deep.equal([]));

  const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${upstream.baseUrl}/chat/completions`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${upstream.credential}`, 'content-type': 'application/json', ...headers },
    });
  const failureOf = async (model: string): Promise<APIError> => {
    const error: unknown = await client.chat.completions
      .create({ model, messages: [TASK] })
      .catch((thrown: unknown) => thrown);
    if (!(error instanceof APIError)) throw new Error(`${model} did not fail`);
    return error;
  };

  it('listens on loopback below /v1', () => {
    expect(upstream.baseUrl).to.match(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
  });

  it('refuses every route without the credential, in the shape of OpenAI', async () => {
    for (const path of ['/chat/completions', '/models', '/nowhere']) {
      const response = await fetch(upstream.baseUrl + path, { headers: { authorization: 'Bearer wrong' } });
      expect(response.status, path).to.equal(401);
      expect(await response.json()).to.have.nested.property('error.code', 'invalid_api_key');
    }
  });

  it('has another credential each time', async () => {
    const other = await demo.start?.({ signal: shutdown.signal, log: () => {} });
    expect(other?.credential).not.to.equal(upstream.credential);
    await other?.stop();
  });

  it('lists its models', async () => {
    const ids = (await client.models.list()).data.map((model) => model.id);
    expect(ids).to.include.members(['demo', 'demo-tools', 'demo-long', 'demo-slow', 'demo-error-429', 'demo-cut']);
  });

  it('answers in one piece', async () => {
    const completion = await client.chat.completions.create({
      model: 'demo',
      messages: [{ role: 'user', content: 'Hello!' }],
    });
    const [choice] = completion.choices;
    expect(choice?.finish_reason).to.equal('stop');
    expect(choice?.message.content).to.contain('not a model');
    expect(completion.usage?.prompt_tokens).to.be.greaterThan(0);
  });

  it('streams tool calls in several deltas and the usage in the last chunk', async () => {
    const stream = await client.chat.completions.create({
      model: 'demo',
      messages: [TASK],
      tools: [BASH],
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks: ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    const deltas = chunks.flatMap((chunk) => chunk.choices.flatMap((choice) => choice.delta.tool_calls ?? []));
    expect(deltas.length).to.be.greaterThan(3);
    expect(deltas[0]).to.include({ index: 0, type: 'function' });
    const json = deltas.map((delta) => delta.function?.arguments ?? '').join('');
    expect(JSON.parse(json)).to.deep.equal({ command: 'pwd && ls -la' });
    expect(
      chunks.flatMap((chunk) => chunk.choices.map((choice) => choice.finish_reason)).filter(Boolean),
    ).to.deep.equal(['tool_calls']);
    const last = chunks.at(-1);
    expect(last?.choices).to.deep.equal([]);
    expect(last?.usage?.total_tokens).to.be.greaterThan(0);
  });

  it('gives the streamed text and the text in one piece as the same words', async () => {
    const request = { model: 'demo', messages: [{ role: 'user', content: 'Thanks' }] } as const;
    const whole = await client.chat.completions.create({ ...request, messages: [...request.messages] });
    const streamed = await client.chat.completions
      .stream({ ...request, messages: [...request.messages] })
      .finalContent();
    expect(streamed).to.equal(whole.choices[0]?.message.content);
  });

  it('goes through a whole task with a client that runs the tools', async () => {
    const runner = client.chat.completions.runTools({
      model: 'demo',
      messages: [{ ...TASK }],
      tools: [
        {
          type: 'function',
          function: {
            name: 'Bash',
            description: '',
            parse: readCommand,
            parameters: PARAMETERS,
            function: runScripted,
          },
        },
      ],
    });
    const answer = await runner.finalContent();
    expect(answer).to.contain('saw 5 entries').and.to.contain('I read README.md. It begins:\n> # The garden');
  });

  it('asks for several tools at once with demo-tools', async () => {
    const completion = await client.chat.completions.create({ model: 'demo-tools', messages: [TASK], tools: [BASH] });
    const calls = completion.choices[0]?.message.tool_calls ?? [];
    expect(calls.map((call) => call.type === 'function' && call.function.arguments)).to.deep.equal([
      '{"command":"pwd"}',
      '{"command":"ls -la"}',
    ]);
    expect(new Set(calls.map((call) => call.id)).size).to.equal(2);
  });

  it('talks for thousands of words with demo-long, and stops at the limit', async () => {
    const request = { model: 'demo-long', messages: [{ ...TASK }] };
    const text = await client.chat.completions.stream(request).finalContent();
    expect(text?.split(/\s+/).length).to.be.within(3000, 4500);
    const short = await client.chat.completions.create({ ...request, max_completion_tokens: 10 });
    expect(short.choices[0]).to.have.property('finish_reason', 'length');
    expect(short.choices[0]?.message.content).to.have.length(40);
  });

  it('pauses with demo-slow and lets go when the client hangs up', async () => {
    const hangUp = new AbortController();
    const started = performance.now();
    const body = JSON.stringify({ model: 'demo-slow-50ms', messages: [TASK], stream: true });
    const response = await fetch(`${upstream.baseUrl}/chat/completions`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${upstream.credential}` },
      signal: hangUp.signal,
    });
    const reader = response.body?.getReader();
    await reader?.read();
    expect(performance.now() - started).to.be.greaterThan(45);
    hangUp.abort();
    const rest: unknown = await reader?.read().catch((error: unknown) => error);
    expect(rest).to.have.property('name', 'AbortError');
  });

  it('reasons before it answers with demo-reasoning', async () => {
    const response = await post(JSON.stringify({ model: 'demo-reasoning', messages: [TASK], stream: true }));
    const text = await response.text();
    expect(text.indexOf('reasoning_content')).to.be.within(0, text.indexOf('"content":"Hello'));
    expect(text.trimEnd().endsWith('data: [DONE]')).to.equal(true);
  });

  it('fails with the status that the model name asks for', async () => {
    for (const status of [400, 401, 429, 500, 503, 529]) {
      expect((await failureOf(`demo-error-${status}`)).status).to.equal(status);
    }
    expect((await failureOf('demo-error-429')).headers?.get('retry-after')).to.equal('2');
  });

  it('says in the words of OpenAI that the context is too long, until it was compacted', async () => {
    const error = await failureOf('demo-overflow');
    expect(error).to.include({ status: 400, code: 'context_length_exceeded' });
    expect(error.message).to.match(
      /maximum context length is 8192 tokens\. However, your messages resulted in \d+ tokens/,
    );
    const summary = await client.chat.completions.create({
      model: 'demo-overflow',
      messages: [TASK, { role: 'user', content: 'Create a detailed summary of the conversation in <summary> tags.' }],
    });
    const content = summary.choices[0]?.message.content ?? '';
    const after = await client.chat.completions.create({
      model: 'demo-overflow',
      messages: [{ role: 'user', content: `${content}\nHello` }],
    });
    expect(after.choices[0]?.finish_reason).to.equal('stop');
  });

  it('ends a cut stream without a finish reason', async () => {
    const text = await (await post(JSON.stringify({ model: 'demo-cut', messages: [TASK], stream: true }))).text();
    expect(text).to.contain('"content"');
    expect(text).not.to.contain('[DONE]');
    expect(text).not.to.contain('"finish_reason":"stop"');
    const whole = await (await post(JSON.stringify({ model: 'demo-cut', messages: [TASK] }))).text();
    expect(() => JSON.parse(whole) as unknown).to.throw(SyntaxError);
  });

  it('resets the connection in the middle with demo-reset', async () => {
    for (const stream of [true, false]) {
      const response = await post(JSON.stringify({ model: 'demo-reset', messages: [TASK], stream }));
      const broken: unknown = await response.text().catch((error: unknown) => error);
      expect(broken, `stream: ${stream}`).to.be.instanceOf(TypeError);
    }
  });

  it('answers with a web page with demo-html', async () => {
    const response = await post(JSON.stringify({ model: 'demo-html', messages: [TASK] }));
    expect([response.status, response.headers.get('content-type')]).to.deep.equal([200, 'text/html; charset=utf-8']);
  });

  it('names the models it has when it is asked for another', async () => {
    const error = await failureOf('gpt-9');
    expect(error).to.include({ status: 404, code: 'model_not_found' });
    expect(error.message).to.contain('demo-tools');
  });

  it('refuses bodies that make no sense', async () => {
    const bodies = [
      '',
      '{',
      '[]',
      '{"model":"demo"}',
      '{"model":"demo","messages":[]}',
      '{"messages":[{}]}',
      '{"model":"demo","messages":[null]}',
    ];
    for (const body of bodies) {
      const response = await post(body);
      expect(response.status, body).to.equal(400);
      expect(await response.json()).to.have.nested.property('error.type', 'invalid_request_error');
    }
  });

  it('refuses other routes and methods', async () => {
    const headers = { authorization: `Bearer ${upstream.credential}` };
    expect((await fetch(`${upstream.baseUrl}/embeddings`, { headers })).status).to.equal(404);
    expect((await fetch(`${upstream.baseUrl}/chat/completions`, { headers })).status).to.equal(405);
  });

  it('stops with the proxy, even in the middle of an answer', async () => {
    const proxy = new AbortController();
    const other = await demo.start?.({ signal: proxy.signal, log: () => {} });
    const body = JSON.stringify({ model: 'demo-slow-2000ms', messages: [TASK], stream: true });
    const headers = { authorization: `Bearer ${other?.credential}` };
    const response = await fetch(`${other?.baseUrl}/chat/completions`, { method: 'POST', body, headers });
    proxy.abort();
    expect(await response.text().catch(() => 'broken')).to.equal('broken');
    await other?.stop();
    const refused: unknown = await fetch(`${other?.baseUrl}/models`).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(TypeError);
  });
});

function readCommand(json: string): { command: string } {
  return JSON.parse(json) as { command: string };
}

function runScripted({ command }: { command: string }): string {
  if (command.startsWith('pwd')) return LISTING;
  return command.includes('README.md') ? '# The garden\nWater it on Mondays.' : 'Error: unexpected command';
}
