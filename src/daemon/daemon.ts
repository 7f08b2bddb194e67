import { failure, messageOf } from '../errors/index.ts';
import { requestLoopback, type LoopbackResponse } from '../http/index.ts';
import { daemonUrl, type DaemonAddress } from './address.ts';

/** One call of a private route. */
export interface DaemonCall {
  readonly method: 'GET' | 'POST';
  /** Begins with a slash. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

/** How long a daemon may take to begin its answer, in milliseconds. */
const ANSWER_LIMIT_MS = 10_000;

/**
 * A proxy of ours that has proved that it holds the install's token. Only {@link probeDaemon} makes one, so
 * the token never travels to a program that did not prove itself first.
 */
export class Daemon {
  readonly host: string;
  readonly port: number;
  readonly version: string;
  readonly #token: string;

  constructor(address: DaemonAddress, version: string, token: string) {
    this.host = address.host;
    this.port = address.port;
    this.version = version;
    this.#token = token;
  }

  /** Where clients on this machine reach it, without a trailing slash. */
  get url(): string {
    return daemonUrl(this);
  }

  /** Calls a route that wants the token. Fails with `proxy-gone` or with what the proxy answered. */
  async call(call: DaemonCall): Promise<LoopbackResponse> {
    const response = await this.#send(call);
    if (response.status >= 200 && response.status < 300) return response;
    const message = messageInside(await response.text(64 * 1024)) ?? `it answered ${response.status}`;
    throw failure(
      'proxy-refused',
      `the proxy on port ${this.port} refused ${call.path}: ${message}`,
      this.#remedy(response.status),
    );
  }

  async #send({ method, path, body, signal }: DaemonCall): Promise<LoopbackResponse> {
    try {
      return await requestLoopback({
        url: `${this.url}${path}`,
        method,
        headers: {
          authorization: `Bearer ${this.#token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        timeoutMs: ANSWER_LIMIT_MS,
        ...(signal === undefined ? {} : { signal }),
      });
    } catch (error) {
      throw failure(
        'proxy-gone',
        `the proxy on port ${this.port} stopped answering: ${messageOf(error)}`,
        'Try again.',
        error,
      );
    }
  }

  #remedy(status: number): string | undefined {
    if (status !== 404) return undefined;
    return `It is version ${this.version}. "claudex proxy restart" puts the current one in its place.`;
  }
}

function messageInside(text: string): string | undefined {
  try {
    const body = JSON.parse(text) as { error?: { message?: unknown } } | null;
    return typeof body?.error?.message === 'string' ? body.error.message : undefined;
  } catch {
    return undefined;
  }
}
