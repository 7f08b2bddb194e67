import { createServer } from 'node:http';
import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import type { CanonicalRequest } from '@claudex/sdk';
import { requestOf, user } from '@claudex/sdk/testing';
import Router from '@koa/router';
import { expect } from 'chai';
import Koa from 'koa';
import { LocalServers } from '../../../src/proxy/local-servers.ts';
import { ProfileDirectory } from '../../../src/proxy/profile-directory.ts';
import type { ProxyState } from '../../../src/proxy/proxy-state.ts';
import { addCountTokens } from '../../../src/proxy/routes/count-tokens.ts';
import { PromptMeter, type Prompt } from '../../../src/proxy/tokens/prompt-meter.ts';
import { TokenCounter } from '../../../src/proxy/tokens/token-counter.ts';
import { loadedFrom } from '../../support/configuration.ts';
import { listen } from '../../support/listen.ts';

const PROFILE =
  '[[profiles]]\nname = "p"\nprovider_type = "OpenAICompatible"\nbase_url = "http://127.0.0.1:1"\ndefault_model = "gpt-5"\n';

interface CountServer {
  readonly url: string;
  close(): void;
}

/** A route whose meter the test teaches, as finished exchanges do. */
async function serveCounts(meter: PromptMeter, stopping: AbortSignal): Promise<CountServer> {
  const registry = {
    protocols: new Map([anthropicMessages, openaiChat].map((protocol) => [protocol.id, protocol])),
    providers: new Map(),
    searches: new Map(),
    warnings: [],
  };
  const { values } = await loadedFrom(PROFILE);
  const profiles = new ProfileDirectory({ configuration: values, keys: {} }, registry);
  const client = { send: () => Promise.reject(new Error('nobody is asked here')), close: async () => undefined };
  const state: Partial<ProxyState> = {
    registry,
    profiles,
    local: new LocalServers({ profiles, client, cacheFolder: undefined }),
    log: () => undefined,
    stopping,
    shutdown: new AbortController().signal,
  };
  const router = new Router();
  addCountTokens(router, { ...(state as ProxyState), meter });
  const answer = new Koa().use(router.routes()).callback();
  const server = createServer((request, response) => void answer(request, response));
  const url = `http://127.0.0.1:${await listen(server)}/proxy/p/v1/messages/count_tokens`;
  return { url, close: () => server.close().closeAllConnections() };
}

describe('counting tokens with a meter that finished exchanges have taught', () => {
  const request: CanonicalRequest = requestOf({ messages: [user('word '.repeat(1_000))] });
  const prompt: Prompt = { profile: 'p', model: 'gpt-5', request, bytes: 5_000 };
  const usage = { input_tokens: 1_500, output_tokens: 1 };
  let stopping: AbortController;
  let server: CountServer | undefined;

  beforeEach(() => (stopping = new AbortController()));
  afterEach(() => {
    stopping.abort();
    server?.close();
  });

  async function count(): Promise<[tokens: number, method: string | null, error: string | null]> {
    const response = await fetch(server?.url ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'gpt-5', messages: [{ role: 'user', content: 'word '.repeat(1_000) }] }),
    });
    const { input_tokens: tokens } = (await response.json()) as { input_tokens: number };
    return [tokens, response.headers.get('x-claudex-count'), response.headers.get('x-claudex-count-error')];
  }
  const teach = (meter: PromptMeter): Promise<void> => meter.learn(meter.forecast(prompt), usage);

  it('corrects the tokenizer and states its error once an exchange was compared', async () => {
    const meter = new PromptMeter(() => undefined);
    server = await serveCounts(meter, stopping.signal);
    const [before, ...how] = await count();
    expect(how).to.deep.equal(['tokenizer', null]);
    expect(before).to.be.within(1_000, 1_020);
    await teach(meter);
    expect(await count()).to.deep.equal([1_500, 'tokenizer', ((1_500 - before) / 1_500).toFixed(2)]);
  });

  it('falls back to an estimate when the worker cannot be had, with the error of estimates', async () => {
    const startWorker = (): never => {
      throw new Error('no threads left');
    };
    const log = (): void => undefined;
    const meter = new PromptMeter(log, new TokenCounter({ log, startWorker }));
    server = await serveCounts(meter, stopping.signal);
    const [before, ...how] = await count();
    expect(how).to.deep.equal(['estimate', null]);
    expect(before).to.be.within(1_240, 1_260);
    await teach(meter);
    const [after, ...taught] = await count();
    expect(taught).to.deep.equal(['estimate', '0.17']);
    expect(after).to.be.within(1_490, 1_510);
  });
});
