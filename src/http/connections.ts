import { Agent, buildConnector, Pool, type Client, type Dispatcher } from 'undici';
import { ConnectionClient } from './connection.ts';

/** How long an idle connection is kept, in milliseconds, where the upstream names no time of its own. */
const KEEP_ALIVE_MS = 60_000;
/** Delay of TCP's own probes, in milliseconds: they find out that a silent peer is gone. */
const PROBE_MS = 30_000;
/** Most bytes of the names and values of an answer's headers. */
const MOST_HEADER_BYTES = 16 * 1024;

/** HTTP/1.1 only. Every clock is ours, because the library's would also run while our reader is slow. */
const OPTIONS: Client.Options = {
  allowH2: false,
  pipelining: 1,
  maxHeaderSize: MOST_HEADER_BYTES,
  headersTimeout: 0,
  bodyTimeout: 0,
  keepAliveTimeout: KEEP_ALIVE_MS,
};

/** Open connections by origin, as many as there are requests at a time. */
export class Connections {
  readonly #connector = buildConnector({ allowH2: false, timeout: 0, keepAliveInitialDelay: PROBE_MS });
  readonly #agent = new Agent({
    ...OPTIONS,
    factory: (origin) => new Pool(origin, { ...OPTIONS, factory: (place) => this.#make(place) }),
  });

  /** Sends a request on a connection that is free, or on a new one. */
  dispatch(options: Agent.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.#agent.dispatch(options, handler);
  }

  /** Sends a request on a connection that nobody used before or will use after. */
  dispatchAlone(origin: string, options: Agent.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    const client = this.#make(origin);
    client.dispatch({ ...options, reset: true }, handler);
    // Closes when the answer is over.
    void client.close();
  }

  /** Closes idle connections now, and the others when their answers are over. */
  close(): void {
    void this.#agent.close();
  }

  #make(origin: string | URL): ConnectionClient {
    return new ConnectionClient(origin, OPTIONS, this.#connector);
  }
}
