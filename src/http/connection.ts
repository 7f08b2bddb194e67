import type { Socket } from 'node:net';
import { Client, type buildConnector, type Dispatcher } from 'undici';
import { hideContinue } from './hide-continue.ts';

/** The code of a connection attempt that nobody waits for any more. */
const GIVEN_UP = 'CLAUDEX_GIVEN_UP';

/** Who is told by which connection its request goes out. */
export interface ConnectionUser {
  connection?: Connection | undefined;
}

/** What the pool's library does not tell about one of its connections. */
export class Connection {
  readonly #connector: buildConnector.connector;
  #opening: Socket | undefined;
  #open: Socket | undefined;
  #uses = 0;
  #isHeadExpected = false;

  constructor(connector: buildConnector.connector) {
    this.#connector = connector;
  }

  /** Counts a request, and says whether this connection had one before. */
  use(): boolean {
    this.#uses += 1;
    this.#isHeadExpected = true;
    return this.#uses > 1;
  }

  /** The head of the answer has come. */
  answered(): void {
    this.#isHeadExpected = false;
  }

  /** Whether it was reset or failed otherwise, which the library takes for a good end of an answer without a length. */
  isBroken(): boolean {
    return Boolean(this.#open?.errored);
  }

  /** Stops a connection that is being opened; its request fails. Changes nothing for one that is open. */
  giveUp(): void {
    this.#opening?.destroy(Object.assign(new Error('nobody waits for this connection'), { code: GIVEN_UP }));
  }

  /** Opens it, also again after it was closed. */
  open(options: buildConnector.Options, callback: buildConnector.Callback): unknown {
    // Its type does not say that it returns the socket, which the library relies on, too.
    const socket: unknown = this.#connector(options, (...outcome) => {
      this.#opening = undefined;
      this.#uses = 0;
      this.#open = outcome[1] ?? undefined;
      if (this.#open) hideContinue(this.#open, () => this.#isHeadExpected);
      callback(...outcome);
    });
    this.#opening = socket as Socket;
    return socket;
  }
}

/** One connection of a pool, which makes itself known to whoever uses it. */
export class ConnectionClient extends Client {
  readonly #connection: Connection;

  constructor(origin: string | URL, options: Client.Options, connector: buildConnector.connector) {
    const connection = new Connection(connector);
    super(origin, { ...options, connect: (target, callback) => connection.open(target, callback) });
    this.#connection = connection;
  }

  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler & ConnectionUser,
  ): boolean {
    handler.connection = this.#connection;
    return super.dispatch(options, handler);
  }
}
