import { expect } from 'chai';
import { readdirSync } from 'node:fs';
import { startAnthropicUpstream } from '../support/scripted-anthropic-upstream.ts';
import { runCli } from '../support/cli.ts';
import { isolatedHome, type IsolatedHome } from '../support/isolated-home.ts';
import {
  startChatUpstream,
  toolResults,
  type ChatRequest,
  type ChatScript,
} from '../support/scripted-chat-upstream.ts';

interface Report {
  readonly ok: boolean;
  readonly profiles: readonly {
    readonly name: string;
    readonly problem?: { readonly code: string; readonly reason: string };
    readonly checks?: readonly {
      readonly check: string;
      readonly result: string;
      readonly detail: string;
      readonly latency_ms: number | null;
      readonly first_event_ms: number | null;
      readonly losses: readonly { readonly feature: string }[];
    }[];
  }[];
}

const call = (city: string) => ({ name: 'get_weather', input: { city } });

/** A model that can do everything, as far as Chat Completions can carry it. */
const able: ChatScript = (body) => {
  const asked = JSON.stringify(body.messages);
  if (toolResults(body).size > 0) return { text: 'It is sunny in Oslo.' };
  if (asked.includes('both cities')) return { toolCalls: [call('Oslo'), call('Rome')] };
  if (body.tools !== undefined) return { toolCalls: [call('Oslo')] };
  if (asked.includes('data:image/png;base64,')) return { text: 'Red.' };
  if (body['response_format'] !== undefined) return { text: '{"title":"All About Bread"}' };
  if (body['reasoning_effort'] !== undefined) return thinking('13 times 17', 'no');
  return { text: 'ready, and some more words' };
};

/** A model that answers with text and with nothing else. */
const plain: ChatScript = (body) => {
  if (body.tools !== undefined) return refusal('this model does not support function calling');
  if (JSON.stringify(body.messages).includes('data:image')) return refusal('image input is not supported');
  return { text: 'just words' };
};

describe('claudex profile test --deep', function () {
  this.timeout(90_000);
  let home: IsolatedHome;
  let stop: () => Promise<void> = () => Promise.resolve();
  beforeEach(async () => (home = await isolatedHome()));
  afterEach(async () => {
    await stop();
    await home.close();
  });

  const configure = async (
    script: ChatScript,
    more = '',
  ): Promise<readonly { readonly body: ChatRequest | null }[]> => {
    const upstream = await startChatUpstream(script);
    stop = () => upstream.close();
    await home.writeConfig(
      `[[profiles]]\nname = 'other'\nprovider = 'demo'\n[[profiles]]\nname = 'p'\nprovider_type = 'OpenAICompatible'\nbase_url = '${upstream.url}/v1'\ndefault_model = 'm'\napi_key = 'sk-the-secret-key'\nbackup_providers = ['other']\n${more}`,
    );
    return upstream.requests;
  };
  const deep = async (...args: string[]) => {
    const { code, stdout } = await runCli(home, ['profile', 'test', 'p', '--deep', '--json', ...args]);
    const report = JSON.parse(stdout) as Report;
    const checks = report.profiles[0]?.checks ?? [];
    return { code, report, checks, results: Object.fromEntries(checks.map(({ check, result }) => [check, result])) };
  };

  it('finds everything that a session can use', async () => {
    const requests = await configure(able);
    const { code, checks, results } = await deep();
    expect(results).to.deep.equal({
      text: 'ok',
      streaming: 'ok',
      tools: 'ok',
      'parallel-tools': 'ok',
      images: 'ok',
      reasoning: 'ok',
      'structured-output': 'ok',
      'count-tokens': 'ok',
      'output-limit': 'ok',
    });
    expect(code).to.equal(0);
    for (const { latency_ms } of checks) expect(latency_ms).to.be.at.least(0);
    const streaming = checks.find(({ check }) => check === 'streaming');
    expect(streaming?.first_event_ms).to.be.at.least(0);
    expect(streaming?.detail).to.match(/^first event after \d+ ms, \d+ pieces$/);
    const sent = requests.flatMap(({ body }) => body ?? []);
    expect(sent.length).to.be.at.most(10);
    expect(sent.filter(({ stream }) => stream === true).length).to.be.greaterThan(5);
  });

  it('tells what is missing, which is no failure', async () => {
    await configure(plain);
    const { code, checks, results } = await deep();
    expect(results).to.include({
      text: 'ok',
      streaming: 'ok',
      tools: 'unsupported',
      'parallel-tools': 'unsupported',
      images: 'unsupported',
      reasoning: 'unsupported',
      'structured-output': 'unsupported',
    });
    expect(code).to.equal(0);
    expect(checks.find(({ check }) => check === 'images')?.detail).to.include('image input is not supported');
  });

  it('tells what the proxy had to leave out', async () => {
    await configure(able, '[profiles.quirks]\nimages = false\n');
    const { checks } = await deep();
    const images = checks.find(({ check }) => check === 'images');
    expect(images?.result).to.equal('unsupported');
    expect(images?.losses.map(({ feature }) => feature).join()).to.include('image');
  });

  it('tries nothing else where no text comes back, and shows no key', async () => {
    const requests = await configure((body, n) =>
      n <= 1
        ? { text: 'OK' }
        : { status: 401, body: { error: { message: `bad key sk-the-secret-key ${body.model}` } } },
    );
    const { code, report, results } = await deep();
    expect(code).to.equal(1);
    expect(results).to.include({ text: 'failed', streaming: 'skipped', 'output-limit': 'skipped' });
    expect(report.profiles[0]?.problem).to.include({ code: 'check-failed' });
    expect(JSON.stringify(report)).to.include('bad key').and.not.include('sk-the-secret-key');
    expect(requests.filter(({ body }) => body !== null)).to.have.length(2);
  });

  it('fails a check that takes too long, and goes on', async () => {
    await configure((body) =>
      JSON.stringify(body.messages).includes('Count from 1') ? new Promise(() => undefined) : able(body, 0),
    );
    const { code, checks, results } = await deep('--timeout', '2');
    expect(code).to.equal(1);
    expect(results).to.include({ text: 'ok', streaming: 'failed', tools: 'ok' });
    expect(checks[1]?.detail).to.match(/no complete answer after \d+\.\d s/);
  });

  it('prints a table of what works, and leaves nothing behind', async () => {
    await configure(plain);
    const { code, stdout } = await runCli(home, ['profile', 'test', 'p', '--deep']);
    expect(code).to.equal(0);
    expect(stdout).to.match(/^p {2}OK \(\d+ ms\)\n\nCHECK +RESULT +TIME +DETAIL\nText +OK +\d+ ms/);
    expect(stdout).to.match(/^Tools +not supported +\d+ ms +status 400: /m);
    const left = readdirSync(home.home, { recursive: true }).join('\n');
    expect(left)
      .to.include('config.toml')
      .and.not.match(/token|history|sqlite|proxy/);
  });

  it('goes through a provider of Anthropic Messages as well', async () => {
    const upstream = await startAnthropicUpstream((body) =>
      body['tools'] !== undefined && !JSON.stringify(body.messages).includes('tool_result')
        ? [{ type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Oslo' } }]
        : [{ type: 'text', text: 'red' }],
    );
    stop = () => upstream.close();
    await home.writeConfig(`[[profiles]]\nname = 'p'\nbase_url = '${upstream.url}'\ndefault_model = 'm'\n`);
    const { results } = await deep();
    expect(results).to.include({
      text: 'ok',
      streaming: 'ok',
      tools: 'ok',
      'parallel-tools': 'unsupported',
      images: 'ok',
    });
  });
});

function refusal(message: string) {
  return { status: 400, body: { error: { message, type: 'invalid_request_error' } } };
}

/** An answer with reasoning, as a stream. */
function thinking(thought: string, text: string) {
  const chunk = (delta: object, finish_reason: string | null = null): string =>
    `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', model: 'm', choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
  const body = `${chunk({ role: 'assistant', reasoning_content: thought })}${chunk({ content: text })}${chunk({}, 'stop')}data: [DONE]\n\n`;
  return { status: 200, body, headers: { 'content-type': 'text/event-stream' } };
}
