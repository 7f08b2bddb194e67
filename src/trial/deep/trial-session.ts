import { randomUUID } from 'node:crypto';
import { isJsonObject, type JsonObject, type Loss, type Protocol } from '@claudex/sdk';
import { parseJson } from '@claudex/sdk/codec';
import type { HttpResponse, UpstreamClient } from '../../http/index.ts';
import { readAnswer, since } from './read-answer.ts';
import type { Reply } from './reply.ts';
import type { TrialProxy } from './trial-proxy.ts';

/** What a session's requests say they can take, as far as the checks use it. */
const BETAS = [
  'claude-code-20250219',
  'interleaved-thinking-2025-05-14',
  'effort-2025-11-24',
  'structured-outputs-2025-12-15',
];
/** Far more than a report or a count has. */
const MOST_BYTES = 4 * 1024 * 1024;
/** How often the proxy is asked for a report that it has not written yet, and the pause between, in milliseconds. */
const REPORT_TRIES = 25;
const REPORT_PAUSE_MS = 20;

/** Where the session of a trial sends its requests. */
export interface TrialSessionOptions {
  readonly proxy: TrialProxy;
  readonly client: UpstreamClient;
  /** The protocol that clients speak to the proxy. */
  readonly protocol: Protocol;
  readonly profile: string;
  /** The model that is asked for. */
  readonly model: string;
}

/** An answer to the question how long a prompt is. */
export interface TokenCount {
  /** Absent when no count came back. */
  readonly tokens: number | undefined;
  /** `exact`, `tokenizer` or `estimate`. */
  readonly method: string;
  readonly latencyMs: number;
}

/** Speaks to the proxy as the real client does. */
export class TrialSession {
  readonly #options: TrialSessionOptions;
  readonly #user = JSON.stringify({ session_id: randomUUID() });

  constructor(options: TrialSessionOptions) {
    this.#options = options;
  }

  /** Asks for an answer and reads it to its end. Throws only when `signal` ended it. */
  async ask(body: JsonObject, signal: AbortSignal): Promise<Reply> {
    const began = performance.now();
    const request = { ...body, metadata: { user_id: this.#user } };
    const response = await this.#post('messages?beta=true', request, signal);
    const read = await readAnswer(response, this.#options.protocol, body['stream'] === true, began);
    const latencyMs = since(began);
    const losses = await this.#lossesOf(response.headers['request-id'], signal);
    return { ...read, latencyMs, losses: [...losses] };
  }

  /** Asks how many tokens a request has. `method` says how they were counted. */
  async count(body: JsonObject, signal: AbortSignal): Promise<TokenCount> {
    const began = performance.now();
    const response = await this.#post('messages/count_tokens', body, signal);
    const parsed = parseJson(await response.text(MOST_BYTES));
    const tokens = isJsonObject(parsed) ? parsed['input_tokens'] : undefined;
    return {
      tokens: typeof tokens === 'number' ? tokens : undefined,
      method: response.headers['x-claudex-count'] ?? '',
      latencyMs: since(began),
    };
  }

  #post(operation: string, body: JsonObject, signal: AbortSignal): Promise<HttpResponse> {
    const { profile, model } = this.#options;
    return this.#send('POST', `/proxy/${profile}/v1/${operation}`, signal, JSON.stringify({ model, ...body }));
  }

  #send(method: 'GET' | 'POST', path: string, signal: AbortSignal, body?: string): Promise<HttpResponse> {
    const { proxy, client } = this.#options;
    const headers = {
      authorization: `Bearer ${proxy.token}`,
      'anthropic-version': '2023-06-01',
      'anthropic-beta': BETAS.join(','),
      'content-type': 'application/json',
      'x-app': 'cli',
    };
    const request = { method, url: `${proxy.url}${path}`, headers, ...(body !== undefined && { body }) };
    return client.send(request, { connectMs: 0, firstByteMs: 0, idleMs: 0 }, signal);
  }

  /** The proxy writes its report when the answer has been handed over, which may be a moment after it was read here. */
  async #lossesOf(id: string | undefined, signal: AbortSignal): Promise<readonly Loss[]> {
    if (id === undefined) return [];
    for (let tries = 0; tries < REPORT_TRIES; tries += 1) {
      const response = await this.#send('GET', `/-/exchanges/${id}`, signal);
      const found = parseJson(await response.text(MOST_BYTES));
      if (response.status === 200 && isJsonObject(found) && isJsonObject(found['report']))
        return found['report']['losses'] as unknown as readonly Loss[];
      await new Promise((resolve) => setTimeout(resolve, REPORT_PAUSE_MS));
    }
    return [];
  }
}
