import type { IncomingHttpHeaders } from 'node:http';
import type { Agent, Dispatcher } from 'undici';
import { answerOf } from './answer.ts';
import { BodyQueue } from './body-queue.ts';
import type { Connection, ConnectionUser } from './connection.ts';
import type { Connections } from './connections.ts';
import { explain, givenUp, isClosed, isRedirect, refusedRedirect, wasReset } from './explain.ts';
import { IdleClock } from './idle-clock.ts';
import { RequestBody } from './request-body.ts';
import { UpstreamError, type HttpLimits, type HttpRequest, type HttpResponse } from './upstream-client.ts';

type Controller = Dispatcher.DispatchController;

/**
 * One request from its start to the end of its answer: what the library calls back, and the answer's body for the reader.
 * It lives as long as the answer is open, so it keeps nothing that is not needed until then.
 */
export class UndiciCall implements Dispatcher.DispatchHandler, ConnectionUser {
  /** Set by the connection that takes the request. */
  connection: Connection | undefined;
  readonly #connections: Connections;
  readonly #address: URL;
  readonly #limits: HttpLimits;
  readonly #signal: AbortSignal;
  readonly #clock = new IdleClock((reason) => this.#timeOut(reason));
  /** What is sent; gone as soon as the answer begins. */
  #request: { readonly options: Agent.DispatchOptions; readonly body: RequestBody } | undefined;
  #head: PromiseWithResolvers<HttpResponse> | undefined = Promise.withResolvers();
  #body: BodyQueue | undefined;
  #controller: Controller | undefined;
  #isReused = false;
  #isRepeated = false;
  #hasBytes = false;
  #isSettled = false;

  constructor(connections: Connections, address: URL, request: HttpRequest, limits: HttpLimits, signal: AbortSignal) {
    this.#connections = connections;
    this.#address = address;
    this.#limits = limits;
    this.#signal = signal;
    const body = new RequestBody(request.body);
    const path = `${address.pathname}${address.search}`;
    const headers = { 'accept-encoding': 'identity', ...request.headers, ...body.headers };
    this.#request = { options: { origin: address.origin, path, method: request.method, headers }, body };
  }

  /** Sends the request. Resolves when the head of the answer is there. */
  async start(): Promise<HttpResponse> {
    if (this.#signal.aborted || !this.#head || !this.#request) throw givenUp();
    const { promise } = this.#head;
    const { options, body } = this.#request;
    this.#signal.addEventListener('abort', this, { once: true });
    this.#connections.dispatch({ ...options, body: body.once() }, this);
    // A connection that was free has it already.
    if (!this.#controller && !this.#isSettled) this.#waitForConnection();
    return promise;
  }

  /** The caller gives up. */
  handleEvent(): void {
    this.#fail(givenUp());
  }

  /** Gives the connection up. */
  cancel(): void {
    this.#fail(givenUp());
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    if (this.#isSettled) return controller.abort(givenUp());
    this.#isReused = this.connection?.use() ?? false;
    const { firstByteMs } = this.#limits;
    this.#clock.start(firstByteMs, `no answer within ${firstByteMs / 1000} s`);
  }

  onResponseStarted(): void {
    this.#hasBytes = true;
  }

  onResponseStart(controller: Controller, status: number, headers: IncomingHttpHeaders): void {
    // What is said before the answer does not concern us.
    if (status < 200) return;
    this.connection?.answered();
    if (isRedirect(status)) return this.#fail(refusedRedirect(this.#address, status));
    this.#request = undefined;
    const { idleMs } = this.#limits;
    this.#clock.start(idleMs, `silent for ${idleMs / 1000} s`);
    this.#clock.pause();
    this.#body = new BodyQueue(this.#clock, {
      pause: () => controller.pause(),
      resume: () => controller.resume(),
      abandon: () => this.cancel(),
    });
    try {
      const count = (controller.rawHeaders as readonly unknown[]).length / 2;
      this.#head?.resolve(answerOf({ status, headers, count }, this.#body, this.#address, () => this.cancel()));
      this.#head = undefined;
    } catch (error) {
      this.#fail(explain(error, this.#address, 'answered'));
    }
  }

  onResponseData(_controller: Controller, piece: Buffer): void {
    this.#body?.push(piece);
  }

  onResponseEnd(): void {
    const failure = this.connection?.isBroken() ? wasReset(this.#address) : undefined;
    this.#settle();
    this.#body?.end(failure);
  }

  onResponseError(_controller: Controller, error: Error): void {
    if (this.#isSettled) return;
    // One that was never sent is no other case: the connection closed while the request waited for it.
    const isUnseen = this.#isReused || !this.#controller;
    if (isUnseen && !this.#isRepeated && !this.#hasBytes && this.#request && isClosed(error))
      return this.#repeat(this.#request.options, this.#request.body);
    const reason = explain(error, this.#address, this.#head ? 'asked' : 'answered');
    this.#settle();
    this.#head?.reject(reason);
    this.#body?.end(reason);
  }

  /** The upstream closed a connection just when it was used again. It has not seen the request. */
  #repeat(options: Agent.DispatchOptions, body: RequestBody): void {
    this.#controller = undefined;
    this.#isReused = false;
    this.#isRepeated = true;
    this.#connections.dispatchAlone(this.#address.origin, { ...options, body: body.once() }, this);
    if (!this.#isSettled) this.#waitForConnection();
  }

  #waitForConnection(): void {
    const { connectMs, firstByteMs } = this.#limits;
    if (connectMs > 0) this.#clock.start(connectMs, 'did not accept a connection in time');
    else this.#clock.start(firstByteMs, `no answer within ${firstByteMs / 1000} s`);
  }

  #timeOut(reason: string): void {
    this.#fail(new UpstreamError('timeout', `${this.#address.origin}: ${reason}`));
  }

  #fail(reason: UpstreamError): void {
    if (this.#isSettled) return;
    this.#settle();
    this.#head?.reject(reason);
    this.#body?.destroy(reason);
    if (this.#controller) this.#controller.abort(reason);
    else this.connection?.giveUp();
  }

  #settle(): void {
    this.#isSettled = true;
    this.#request = undefined;
    this.#clock.stop();
    this.#signal.removeEventListener('abort', this);
  }
}
