import type { ClientCodec, Fault } from '@claudex/sdk';
import type { HttpResponse } from '../../http/index.ts';
import type { Answering, ExchangeRecord } from '../exchange.ts';
import { FaultError, faultOf } from '../fault-error.ts';
import { completeFault } from '../overflow-fault.ts';
import { limitFault } from './limit-fault.ts';
import type { Output, Pump } from './pump.ts';
import { Settling } from './settling.ts';
import { Silence, SILENT } from './silence.ts';
import { PING_TEXT, sseText } from './sse-text.ts';

/** Most bytes taken of one answer. */
const MAX_STREAM_BYTES = 64 * 1024 * 1024;
/** How long the rest of a finished answer is read so that its connection can be used again. */
const DRAIN_MS = 2_000;

/** What came of waiting for the next piece. `piece` is absent at the end of the body. */
type Step = { readonly piece: Uint8Array | undefined } | { readonly fault: Fault };

/**
 * The one asynchronous loop of an answer, streamed or whole. It ends normally after a complete answer or after exactly one
 * `error` event. While nothing but pings has been given out it throws a {@link FaultError} instead, so that the caller can
 * still ask somebody else or choose the status. `silence` watches over more than this answer; its owner stops it.
 */
export async function* answerStream(
  exchange: Answering,
  response: HttpResponse,
  pump: Pump,
  client: ClientCodec,
  shutdown: AbortSignal,
  silence: Silence,
): AsyncGenerator<Output> {
  const { record } = exchange;
  const settling = new Settling<Step>({ piece: undefined });
  const pieces = response.body[Symbol.asyncIterator]();
  const read = stepsOf(pieces, record, shutdown);
  let given = false;
  try {
    let wanted = read();
    for (;;) {
      const step = await silence.race(settling.race(wanted, pump.settled));
      const output = step === SILENT ? PING_TEXT : feed(pump, step, record);
      const fault = step === SILENT ? undefined : faultIn(step, pump);
      if (fault && !given && !pump.committed) throw new FaultError(fault);
      if (output !== undefined) {
        given ||= step !== SILENT;
        yield output;
        silence.broken();
      }
      if (fault) {
        record.fault = fault;
        yield errorText(fault, exchange, client);
        return;
      }
      if (pump.complete) return;
      if (step !== SILENT) wanted = read();
    }
  } finally {
    settling.stop();
    if (pump.complete) void drain(pieces, response);
    else giveUp(pieces, response);
  }
}

/** What reads the body may hold more than the connection, such as a decompressor. */
function giveUp(pieces: AsyncIterator<Uint8Array>, response: HttpResponse): void {
  response.cancel();
  pieces.return?.().catch(() => undefined);
}

/** There is no way to ping a client that waits for the whole. */
export function silenceFor({ stream, bound }: Pick<Answering, 'stream' | 'bound'>): Silence {
  return new Silence(stream ? bound.timeouts.ping_s * 1000 : 0);
}

/** Reads one piece at a time, and turns whatever breaks into a fault, so that nothing rejects unwatched. */
function stepsOf(
  pieces: AsyncIterator<Uint8Array>,
  record: ExchangeRecord,
  shutdown: AbortSignal,
): () => Promise<Step> {
  let taken = 0;
  return async () => {
    const since = performance.now();
    try {
      const { done, value } = await pieces.next();
      noteGap(record, performance.now() - since);
      if (done === true) return { piece: undefined };
      taken += value.byteLength;
      return taken > MAX_STREAM_BYTES ? { fault: limitFault('The answer is longer than 64 MiB.') } : { piece: value };
    } catch (error) {
      return { fault: faultOf(error, record, shutdown.aborted) };
    }
  };
}

/** Silence before the answer's first event is not one inside it. */
function noteGap(record: ExchangeRecord, milliseconds: number): void {
  if (record.firstEventMs !== undefined && milliseconds > record.longestGapMs) record.longestGapMs = milliseconds;
}

function feed(pump: Pump, step: Step, record: ExchangeRecord): Output | undefined {
  try {
    // A connection that breaks after the answer has said its end is no failure: the pump knows.
    if ('fault' in step) return step.fault.kind === 'aborted' ? undefined : pump.end();
    return step.piece === undefined ? pump.end() : pump.push(step.piece);
  } catch (error) {
    // A plugin's machine must not throw; one that does ends its own answer and nothing else.
    pump.fail(faultOf(error, record, false));
    return undefined;
  }
}

/** A body that has ended always leaves its pump complete or with a fault. */
function faultIn(step: Step, pump: Pump): Fault | undefined {
  if (pump.complete) return undefined;
  return 'fault' in step ? step.fault : pump.fault;
}

/** Which request it was, and what is known about its prompt. */
interface PromptOfAnswer {
  readonly requestId: string;
  readonly context: Parameters<typeof completeFault>[1];
}

/** The one `error` event that ends an answer. */
export function errorText(fault: Fault, exchange: PromptOfAnswer, client: ClientCodec): string {
  const { body } = client.encodeFault(completeFault(fault, exchange.context), exchange.requestId);
  return sseText({ event: 'error', data: JSON.stringify(body) });
}

async function drain(pieces: AsyncIterator<Uint8Array>, response: HttpResponse): Promise<void> {
  const timer = setTimeout(() => response.cancel(), DRAIN_MS);
  try {
    for (let step = await pieces.next(); step.done !== true; step = await pieces.next());
  } catch {
    // The answer is complete; what happens to its connection afterwards concerns nobody.
  } finally {
    clearTimeout(timer);
  }
}
