import type { ClientCodec, Fault } from '@claudex/sdk';
import type { HttpResponse } from '../http/index.ts';
import type { Exchange } from './exchange.ts';
import { FaultError, faultOf, protocolFault } from './fault-error.ts';
import type { Output, Pump } from './pump.ts';
import { Silence, SILENT } from './silence.ts';
import { PING_TEXT, sseText } from './sse-text.ts';

/** Most bytes taken of one streamed answer. */
const MAX_STREAM_BYTES = 64 * 1024 * 1024;
/** How long the rest of a finished answer is read so that its connection can be used again. */
const DRAIN_MS = 2_000;

/**
 * The one asynchronous loop of a streamed answer. It ends normally after a complete answer or after exactly one
 * `error` event. While nothing has been given out yet it throws a {@link FaultError} instead, so that the
 * caller can still choose the status.
 */
export async function* answerStream(
  exchange: Exchange,
  response: HttpResponse,
  pump: Pump,
  client: ClientCodec,
  shutdown: AbortSignal,
): AsyncGenerator<Output> {
  const silence = new Silence(exchange.bound.timeouts.ping_s * 1000);
  const pieces = response.body[Symbol.asyncIterator]();
  let taken = 0;
  let given = false;
  let finished = false;
  try {
    let fault: Fault | undefined;
    while (!fault && !finished) {
      let output: Output | undefined;
      try {
        const next = pieces.next();
        // When the client leaves during a ping nobody waits for this promise any more.
        next.catch(() => undefined);
        let step = await silence.race(next);
        while (step === SILENT) {
          given = true;
          yield PING_TEXT;
          step = await silence.race(next);
        }
        taken += step.done === true ? 0 : step.value.byteLength;
        output = step.done === true ? pump.end() : pump.push(step.value);
        finished = step.done === true || pump.complete;
        fault =
          pump.fault ?? (taken > MAX_STREAM_BYTES ? protocolFault('the answer is longer than 64 MiB') : undefined);
      } catch (error) {
        fault = faultOf(error, exchange.record, shutdown.aborted);
      }
      if (fault && !given && !pump.committed) throw new FaultError(fault);
      if (output !== undefined) {
        given = true;
        yield output;
      }
    }
    if (fault) {
      exchange.record.fault = fault.kind;
      if (!pump.faultSent) yield errorText(fault, exchange, client);
    }
  } finally {
    silence.stop();
    if (finished) void drain(pieces, response);
    else response.cancel();
  }
}

function errorText(fault: Fault, exchange: Exchange, client: ClientCodec): string {
  const { body } = client.encodeFault(fault, exchange.requestId);
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
