import { protocolFault } from '@claudex/sdk';
import { judge, type Admission } from '../../failover/index.ts';
import type { HttpResponse } from '../../http/index.ts';
import type { Output } from '../answer/pump.ts';
import { whileWaiting } from '../answer/silence.ts';
import { PING_TEXT } from '../answer/sse-text.ts';
import type { Exchange, ExchangeRecord } from '../exchange.ts';
import { FaultError, faultOf } from '../fault-error.ts';
import { heal, isRefusal, MAX_HEALS } from '../heal/heal.ts';
import { openUpstream } from '../open-upstream.ts';
import type { ProxyState } from '../proxy-state.ts';
import type { Call } from './call.ts';
import { piecesOf } from './pieces.ts';
import { isLoginRefused, renew } from './renew-login.ts';
import type { Target } from './target.ts';

/**
 * Asks one target, and mends the request as long as it refuses a part of it. A login that it refuses is renewed once.
 * Gives out the answer, or returns why there is none. What breaks after the answer has begun ends it with an `error`
 * event, which is an answer, too.
 */
export async function* attempt(
  state: ProxyState,
  call: Call,
  target: Target,
  admission: Admission,
  waitedMs: number,
): AsyncGenerator<Output, FaultError | undefined> {
  state.health.used(target.bound);
  let heals = 0;
  let wasRenewed = false;
  for (;;) {
    const entry = call.trail.begin(target, heals === 0 && !wasRenewed ? waitedMs : 0);
    const begun = yield* begin(state, call);
    if (!(begun instanceof FaultError)) {
      if (heals > 0) remember(state, call);
      entry.answered();
      yield* giveOut(begun, call, admission);
      return undefined;
    }
    if (!wasRenewed && isLoginRefused(call, begun)) {
      wasRenewed = true;
      entry.renewed(begun.fault);
      const problem = yield* whileWaiting(call.silence, renew(state, call));
      if (problem) return problem;
      continue;
    }
    const healed = heals < MAX_HEALS ? await mended(call, begun) : undefined;
    // One refusal after another: what was left out so far was right, and the next request begins there.
    if (!healed && heals === MAX_HEALS && isRefusal(begun)) remember(state, call);
    entry[healed ? 'mended' : 'failed'](begun.fault);
    if (!healed) return begun;
    call.current = healed;
    heals += 1;
  }
}

/** The request without what was refused; `undefined` when that cannot be written, which is no reason not to ask others. */
async function mended({ current }: Call, refusal: FaultError): Promise<Exchange | undefined> {
  try {
    return await heal(current, refusal);
  } catch (error) {
    faultOf(error, current.record, false);
    return undefined;
  }
}

/** An answer that has begun. */
interface Begun {
  readonly opened: HttpResponse;
  readonly first: Output;
  readonly rest: AsyncGenerator<Output>;
}

/** Waits for the first piece of an answer, with pings for the client. */
async function* begin(state: ProxyState, call: Call): AsyncGenerator<Output, Begun | FaultError> {
  let pieces: AsyncGenerator<Output> | undefined;
  let hasBegun = false;
  try {
    const answer = yield* whileWaiting(call.silence, openUpstream(state, call.current));
    const opened = call.bodies?.watch(answer) ?? answer;
    pieces = piecesOf(state, call, opened);
    for (;;) {
      const { done, value } = await pieces.next();
      if (done === true) return new FaultError(protocolFault('The answer has nothing in it.'));
      if (value !== PING_TEXT) {
        hasBegun = true;
        return { opened, first: value, rest: pieces };
      }
      yield value;
    }
  } catch (error) {
    if (error instanceof FaultError) return error;
    return new FaultError(faultOf(error, call.current.record, state.shutdown.aborted));
  } finally {
    if (!hasBegun) await pieces?.return(undefined);
  }
}

async function* giveOut({ opened, first, rest }: Begun, call: Call, admission: Admission): AsyncGenerator<Output> {
  const { record } = call.current;
  call.begin(opened);
  admission.commit();
  try {
    yield first;
    yield* rest;
    endCall(admission, record);
  } finally {
    await rest.return(undefined);
  }
}

/** A stream that breaks half-way counts as well as one that never began. */
function endCall(admission: Admission, { fault }: ExchangeRecord): void {
  if (!fault) admission.succeed();
  else admission[judge(fault).circuit]();
}

function remember({ refusals }: ProxyState, { current }: Call): void {
  refusals.remember(current.bound, current.resolved.model, current.refused);
}
