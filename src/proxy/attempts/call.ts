import type { CodecContext } from '@claudex/sdk';
import type { HttpResponse } from '../../http/index.ts';
import { silenceFor } from '../answer/answer-stream.ts';
import type { Silence } from '../answer/silence.ts';
import type { ClientRequest } from '../client-request.ts';
import { startRecord, type Answering, type Exchange, type ExchangeRecord } from '../exchange.ts';
import { BodyKeeper } from '../observe/body-keeper.ts';
import type { Received } from '../receive.ts';
import { answeringOf } from './answering-of.ts';
import type { Target } from './target.ts';
import { Trail } from './trail.ts';

/** One client's request from its arrival to the last byte of its answer, whoever gives it. */
export class Call {
  readonly requestId: string;
  /** Whom the client asked for. */
  readonly primary: Target;
  readonly asked: string;
  readonly stream: boolean;
  readonly signal: AbortSignal;
  readonly trail = new Trail();
  /** How long the client has heard nothing. */
  readonly silence: Silence;
  readonly #record = startRecord();
  #request: ClientRequest | undefined;
  #bodies: BodyKeeper | undefined;
  #current: Exchange | undefined;
  #answering: Answering | undefined;
  #opened: HttpResponse | undefined;

  constructor({ request, target }: Received) {
    const { incoming } = request;
    const isPassed = target.bound.protocol.id === request.client.protocol.id;
    this.#request = request;
    this.requestId = incoming.requestId;
    this.primary = target;
    this.asked = request.asked(!isPassed);
    this.stream = isPassed ? request.passed().read('stream') === true : request.canonical().stream;
    this.signal = incoming.signal;
    this.silence = silenceFor({ stream: this.stream, bound: target.bound });
  }

  /** What the client sent; only until an answer has begun. */
  get request(): ClientRequest {
    if (!this.#request) throw new Error('the request was let go when its answer began');
    return this.#request;
  }

  /** The exchange that is being tried, whole; only until an answer has begun. */
  get current(): Exchange {
    if (!this.#current) throw new Error('the exchange was let go when its answer began');
    return this.#current;
  }

  set current(exchange: Exchange) {
    // A bug of ours is logged in the end, also when somebody else could answer.
    exchange.record.bug ??= this.record.bug;
    this.#current = exchange;
    this.#answering = answeringOf(exchange);
  }

  /** What is known about the exchange that was tried last; absent before the first. */
  get answering(): Answering | undefined {
    return this.#answering;
  }

  /** The books of the exchange that was tried last; its own before the first. */
  get record(): ExchangeRecord {
    return this.#answering?.record ?? this.#record;
  }

  /** What is known about the prompt, for messages to the client. */
  get context(): Pick<CodecContext, 'facts' | 'estimatedInputTokens'> {
    return this.#answering?.context ?? { estimatedInputTokens: 0 };
  }

  /** The user wants to see later what was sent and answered. */
  keepBodies(request: Buffer): void {
    this.#bodies = new BodyKeeper(request);
  }

  /** Keeps what was sent and answered; absent unless the user wants it. */
  get bodies(): BodyKeeper | undefined {
    return this.#bodies;
  }

  /** The head of the upstream's answer, once it has begun. */
  get opened(): HttpResponse | undefined {
    return this.#opened;
  }

  /** An answer has begun: nothing is tried any more, so everything large is let go, for it may go on for hours. */
  begin(opened: HttpResponse): void {
    const { record, searches } = this.current;
    this.#opened = opened;
    record.firstEventMs = this.trail.elapsedMs;
    // Whoever searches asks the model again, with the conversation so far.
    if (searches) return;
    this.#request = undefined;
    this.#current = undefined;
  }
}
