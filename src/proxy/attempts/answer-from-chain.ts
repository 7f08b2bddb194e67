import { setTimeout as sleep } from 'node:timers/promises';
import { isInvalidRequest, type Fault } from '@claudex/sdk';
import { ChainWalk, type WalkLimits } from '../../failover/index.ts';
import { UpstreamError } from '../../http/index.ts';
import type { Output } from '../answer/pump.ts';
import { whileWaiting } from '../answer/silence.ts';
import { FaultError, faultOf, faultOfRefusal } from '../fault-error.ts';
import { completeFault } from '../overflow-fault.ts';
import { passesOn } from '../prepare/passes-on.ts';
import { preparePassThrough } from '../prepare/prepare-pass-through.ts';
import { prepareTranslated } from '../prepare/prepare-translated.ts';
import type { Scope } from '../profile-directory.ts';
import type { ProxyState } from '../proxy-state.ts';
import { RequestError } from '../request-error.ts';
import { attempt } from './attempt.ts';
import type { Call } from './call.ts';
import { chainOf, type Target } from './target.ts';

/**
 * Gives the answer to a client's request, from the first target of its chain that can. Until an answer has begun anybody
 * may be asked and only pings are given out; from then on it is this answer or an `error` event. Throws what is to be told
 * to the client when nobody answers.
 */
export async function* answerFromChain(state: ProxyState, scope: Scope, call: Call): AsyncGenerator<Output> {
  const { primary, trail } = call;
  const chain = chainOf(state, scope, primary, call.asked, trail);
  const walk = new ChainWalk(chain, limitsOf(scope), state.failover, (target, reason) =>
    trail.passOver(target, reason),
  );
  const errors = new Map<unknown, unknown>();
  try {
    for (;;) {
      const step = walk.next();
      if (step.kind === 'give-up') throw errors.get(step.fault) ?? new FaultError(step.fault);
      if (step.kind === 'wait') {
        yield* whileWaiting(call.silence, pause(state, call, step.waitMs));
        continue;
      }
      const { target, waitedMs, admission } = step;
      try {
        const unfit = await prepare(state, call, target, chain.length > 1);
        if (unfit) {
          errors.set(unfit.fault, unfit.error);
          trail.passOver(target, unfit.fault.kind);
          walk.unfit(target, unfit.fault, admission);
          continue;
        }
        const error = yield* attempt(state, call, target, admission, waitedMs);
        if (!error) return;
        errors.set(error.fault, withFigures(error, call));
        walk.failed(target, error.fault, admission);
      } finally {
        // Ended already, unless the client went away or something is wrong with us.
        admission.abandon();
      }
    }
  } finally {
    call.silence.stop();
  }
}

function limitsOf({ configuration: { retry } }: Scope): WalkLimits {
  return { maxAttempts: retry.max_attempts, maxWaitMs: retry.max_wait_s * 1000, budget: retry.budget };
}

/** Waits, at most until the proxy begins to stop. Throws when nobody may be called any more. */
async function pause(
  { stopping, shutdown }: ProxyState,
  { signal, record }: Call,
  milliseconds: number,
): Promise<void> {
  const enough = AbortSignal.any([signal, stopping]);
  try {
    await sleep(milliseconds, undefined, { signal: enough });
  } catch (error) {
    if (!enough.aborted) throw error;
  }
  if (!signal.aborted) return;
  const gone = new UpstreamError('aborted', 'The client went away while its request waited to be repeated.');
  throw new FaultError(faultOf(gone, record, shutdown.aborted));
}

/** Why a target cannot serve a request, and what the client gets when nobody else can. */
interface Unfit {
  readonly fault: Fault;
  readonly error: unknown;
}

/** Writes the request for a target. Returns why that cannot be; throws where nobody else could do better. */
async function prepare(state: ProxyState, call: Call, target: Target, hasOthers: boolean): Promise<Unfit | undefined> {
  const { request, trail } = call;
  try {
    const isPassed = passesOn(request, target.bound, target.resolved.model);
    const exchange = await (isPassed ? preparePassThrough : prepareTranslated)(state, request, target, trail);
    const { overflow } = exchange;
    // A backup that nobody is called at is not what the books are about.
    if (!overflow || !call.answering) call.current = exchange;
    return overflow && { fault: overflow, error: withFigures(new FaultError(overflow), exchange) };
  } catch (thrown) {
    const error =
      thrown instanceof UpstreamError ? new FaultError(faultOf(thrown, call.record, state.shutdown.aborted)) : thrown;
    // What the first target finds wrong with a request is the client's own doing; a backup may only lack something.
    const isWrong = isInvalidRequest(error) || (error instanceof RequestError && error.status < 500);
    if (error instanceof FaultError && !hasOthers) trail.passOver(target, error.fault.kind);
    if (!hasOthers || (isWrong && target === call.primary)) throw error;
    return { fault: faultOfUnfit(error, call), error };
  }
}

function faultOfUnfit(error: unknown, { record }: Call): Fault {
  if (error instanceof RequestError || isInvalidRequest(error)) return faultOfRefusal(error);
  return faultOf(error, record, false);
}

/** A prompt that is too long is measured by the window of the model that said so, not of the one that is asked last. */
function withFigures({ fault, headers, body }: FaultError, { context }: Pick<Call, 'context'>): FaultError {
  return new FaultError(completeFault(fault, context), headers, body);
}
