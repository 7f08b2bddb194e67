import { anthropicMessages } from '@claudex/plugin-protocol-anthropic-messages';
import { openaiChat } from '@claudex/plugin-protocol-openai-chat';
import type { Protocol, Provider, Search } from '@claudex/sdk';
import type { RunningProxy } from '../../src/proxy/proxy-options.ts';
import { startProxy } from '../../src/proxy/start-proxy.ts';
import { loadedFrom } from './configuration.ts';

/** The token of proxies started here. */
export const TOKEN = 'test-token-0123456789abcdef';

/** A proxy in this process, with its log. */
export interface TestProxy extends RunningProxy, AsyncDisposable {
  readonly url: string;
  /** Parsed lines of the log. */
  readonly log: readonly { readonly event: string; readonly [field: string]: unknown }[];
  /** The same lines as they are. */
  readonly lines: readonly string[];
  /** Sends a request with the token. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Posts JSON with the token. */
  post(path: string, body: unknown, headers?: { readonly [name: string]: string }): Promise<Response>;
}

/**
 * Starts a proxy with this configuration and the bundled protocols, on a free port unless told otherwise. Without a table
 * `retry` nothing is asked twice, and without a table `breaker` no circuit opens.
 */
export async function startTestProxy(
  toml: string,
  options: {
    readonly environment?: NodeJS.ProcessEnv;
    readonly providers?: readonly Provider[];
    /** Besides the bundled ones. */
    readonly protocols?: readonly Protocol[];
    readonly searches?: readonly Search[];
    readonly port?: number;
    /** Where lists of models are remembered. Default: nowhere. */
    readonly cacheFolder?: string;
    /** How long after its start requests wait for sessions that come back. Default: not at all. */
    readonly youthMs?: number;
  } = {},
): Promise<TestProxy> {
  const log: { event: string }[] = [];
  const lines: string[] = [];
  const proxy = await startProxy({
    configuration: await loadedFrom(withoutRepeats(toml)),
    environment: {},
    keys: options.environment ?? {},
    registry: {
      protocols: new Map(
        [anthropicMessages, openaiChat, ...(options.protocols ?? [])].map((protocol) => [protocol.id, protocol]),
      ),
      providers: new Map((options.providers ?? []).map((provider) => [provider.id, provider])),
      searches: new Map((options.searches ?? []).map((search) => [search.id, search])),
      warnings: [],
    },
    token: TOKEN,
    version: '0.0.0-test',
    host: '127.0.0.1',
    port: options.port ?? 0,
    youthMs: options.youthMs ?? 0,
    ...(options.cacheFolder !== undefined && { cacheFolder: options.cacheFolder }),
    log(line) {
      lines.push(line);
      log.push(JSON.parse(line) as { event: string });
    },
  });
  const url = `http://127.0.0.1:${proxy.port}`;
  const send = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${TOKEN}`, ...(init.headers as Record<string, string>) },
    });
  return {
    ...proxy,
    [Symbol.asyncDispose]: () => proxy.stop(),
    url,
    log,
    lines,
    fetch: send,
    post: (path, body, headers = {}) =>
      send(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  };
}

/** One failure is one call, and no failure closes the way for the next test, unless the configuration says otherwise. */
export function withoutRepeats(toml: string): string {
  const once = toml.includes('[retry]') ? '' : '\n[retry]\nmax_attempts = 1\n';
  const patient = toml.includes('[breaker]') ? '' : '\n[breaker]\nfailure_threshold = 1000000\nfailure_ratio = 0.0\n';
  return `${toml}${once}${patient}`;
}

/** A small request of Anthropic Messages. */
export function question(more: object = {}): object {
  return { model: 'm', max_tokens: 100, messages: [{ role: 'user', content: 'hello' }], ...more };
}

/** The Server-Sent Events of a body, parsed. */
export function eventsOf(body: string): { readonly type: string; readonly [field: string]: unknown }[] {
  return body
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => JSON.parse(line.slice(6)) as { type: string });
}
