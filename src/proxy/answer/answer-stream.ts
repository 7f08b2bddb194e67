import { protocolFault, type ClientCodec, type Fault } from '@claudex/sdk';
import type { HttpResponse } from '../../http/index.ts';
import type { Exchange } from '../exchange.ts';
import { FaultError, faultOf } from '../fault-error.ts';
import { completeFault } from '../overflow-fault.ts';
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
 * `error` event. While nothing has been given out yet it throws a {@link FaultError} instead, so that the
 * caller can still choose the status. `shared` watches over more than this answer, and its owner stops it.
 */
export async function* answerStream(
  exchange: Exchange,
  response: HttpResponse,
  pump: Pump,
  client: ClientCodec,
  shutdown: AbortSignal,
  shared?: Silence,
): AsyncGenerator<Output> {
  const silence = shared ?? silenceFor(exchange);
  const settling = new Settling<Step>({ piece: undefined });
  const pieces = response.body[Symbol.asyncIterator]();
  const read = stepsOf(pieces, exchange, shutdown);
  let given = false;
  try {
    let wanted = read();
    for (;;) {
      const step = await silence.race(settling.race(wanted, pump.settled));
      const output = step === SILENT ? PING_TEXT : feed(pump, step, exchange);
      const fault = step === SILENT ? undefined : faultIn(step, pump);
      if (fault && !given && !pump.committed) throw new FaultError(fault);
      if (output !== undefined) {
        given = true;
        yield output;
        silence.broken();
      }
      if (fault) {
        exchange.record.fault = fault.kind;
        yield errorText(fault, exchange, client);
        return;
      }
      if (pump.complete) return;
      if (step !== SILENT) wanted = read();
    }
  } finally {
    if (!shared) silence.stop();
    settling.stop();
    if (pump.complete) void drain(pieces, response);
    else response.cancel();
  }
}

/** There is no way to ping a client that waits for the whole. */
export function silenceFor({ stream, bound }: Exchange): Silence {
  return new Silence(stream ? bound.timeouts.ping_s * 1000 : 0);
}

/** Reads one piece at a time, and turns whatever breaks into a fault, so that nothing rejects unwatched. */
function stepsOf(pieces: AsyncIterator<Uint8Array>, exchange: Exchange, shutdown: AbortSignal): () => Promise<Step> {
  let taken = 0;
  return async () => {
    try {
      const { done, value } = await pieces.next();
      if (done === true) return { piece: undefined };
      taken += value.byteLength;
      return taken > MAX_STREAM_BYTES
        ? { fault: protocolFault('The answer is longer than 64 MiB.') }
        : { piece: value };
    } catch (error) {
      return { fault: faultOf(error, exchange.record, shutdown.aborted) };
    }
  };
}

function feed(pump: Pump, step: Step, exchange: Exchange): Output | undefined {
  try {
    // A connection that breaks after the answer has said its end is no failure: the pump knows.
    if ('fault' in step) return step.fault.kind === 'aborted' ? undefined : pump.end();
    return step.piece === undefined ? pump.end() : pump.push(step.piece);
  } catch (error) {
    // A plugin's machine must not throw; one that does ends its own answer and nothing else.
    pump.fail(faultOf(error, exchange.record, false));
    return undefined;
  }
}

/** A body that has ended always leaves its pump complete or with a fault. */
function faultIn(step: Step, pump: Pump): Fault | undefined {
  if (pump.complete) return undefined;
  return 'fault' in step ? step.fault : pump.fault;
}

/** The one `error` event that ends an answer. */
export function errorText(fault: Fault, exchange: Exchange, client: ClientCodec): string {
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
