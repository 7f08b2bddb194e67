import type { JsonObject, Protocol, Quirks, SseEvent, UpstreamFailure } from '../../index.ts';
import { parseSse } from '../sse.ts';
import { answerChecks, faultChecks } from './answer-checks.ts';
import { callIdChecks } from './call-id-checks.ts';
import type { CheckGroup, Subject } from './check.ts';
import { clientChecks } from './client-checks.ts';
import { descriptorChecks } from './descriptor-checks.ts';
import { describeGroup, itIsPending, itPasses } from './mocha.ts';
import { noiseChecks } from './noise-checks.ts';
import { requestChecks } from './request-checks.ts';
import { stateChecks } from './state-checks.ts';
import { streamChecks } from './stream-checks.ts';
import { toolNameChecks } from './tool-name-checks.ts';

/** What a protocol is checked with. What is not given cannot be checked, and the suite says so. */
export interface ConformanceOptions {
  /** Streamed answers of the upstream, as events or as the text of an event stream; failures among them are welcome. */
  readonly streams?: readonly (readonly SseEvent[] | string)[];
  /** Complete answers of the upstream. */
  readonly answers?: readonly JsonObject[];
  /** Answers of the upstream that are no success. */
  readonly failures?: readonly UpstreamFailure[];
  /** Deviations to try; the samples are read under the first of them. Default: none at all. */
  readonly quirks?: readonly Quirks[];
  /** How many generated inputs each check tries. Default 200. */
  readonly rounds?: number;
  /** Where the generators begin. The same seed gives the same inputs. Default 1. */
  readonly seed?: number;
}

/**
 * A mocha suite that a protocol runs on itself: call it at the top of a test file. It checks everything the contract
 * asks of every protocol, with generated requests and noise, and with samples of the upstream's answers. What it could
 * not check for want of samples is one pending test that says so.
 */
export function conformance(protocol: Protocol, options: ConformanceOptions = {}): void {
  const groups = conformanceGroups(protocol, options);
  describeGroup(`the protocol ${protocol.id} conforms to the contract:`, () => {
    for (const { title, checks } of groups) {
      if (checks.length === 0) continue;
      describeGroup(title, () => {
        for (const check of checks) itPasses(check.title, check.run);
      });
    }
    const unchecked = groups.flatMap((group) => group.unchecked);
    if (unchecked.length > 0) itIsPending(`not checked: ${unchecked.join('; ')}`);
  });
}

/** The checks of the suite, without a test runner. */
export function conformanceGroups(protocol: Protocol, options: ConformanceOptions = {}): CheckGroup[] {
  const { streams = [], answers = [], failures = [], quirks = [{}], rounds = 200, seed = 1 } = options;
  const subject: Subject = {
    protocol,
    streams: streams.map((stream) => (typeof stream === 'string' ? parseSse(stream) : stream)),
    answers,
    failures,
    quirks,
    rounds,
    seed,
  };
  return [
    descriptorChecks(subject),
    requestChecks(subject),
    callIdChecks(subject),
    streamChecks(subject),
    noiseChecks(subject),
    answerChecks(subject),
    faultChecks(subject),
    toolNameChecks(subject),
    stateChecks(subject),
    clientChecks(subject),
  ];
}
