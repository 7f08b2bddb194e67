import { defaultConfiguration, masked, secretsOf } from '../config/index.ts';
import { isClaudexError, messageOf, scrubPatterns } from '../errors/index.ts';
import { CHECKS, FIRST_CHECKS, type Check } from './checks.ts';
import { problem, warning, type Diagnosis, type Finding } from './finding.ts';
import type { Installation } from './installation.ts';

/** What came out, and what of it can be mended. */
export interface Examination {
  readonly findings: readonly Finding[];
  /** One for each finding that says `fixable`. */
  readonly fixes: readonly NonNullable<Diagnosis['fix']>[];
}

/** What an examination is made of. */
export interface Examining {
  /** Made before anything else is read. */
  readonly first: readonly Check[];
  readonly others: readonly Check[];
  /** How long what all share may take, in milliseconds. */
  readonly sharedLimitMs: number;
}

const LIMIT_MS = 2_000;
/** For what has been found out by then, in milliseconds. */
const KNOWN_LIMIT_MS = 500;
/** Plugins are asked, a keyring may have to be started. */
const ALL_CHECKS: Examining = { first: FIRST_CHECKS, others: CHECKS, sharedLimitMs: 5_000 };

/**
 * Makes all checks. What one of them throws, or that it does not come to an end, is a finding like the others; none holds
 * up or breaks the rest.
 */
export async function examine(
  installation: Installation,
  { first, others, sharedLimitMs } = ALL_CHECKS,
): Promise<Examination> {
  // Reading a private file closes it to others, so that these have to look before anybody reads.
  const before = await makeAll(first, installation);
  // What all share does not count against the time of the one that happens to ask for it first.
  const shared = [installation.configuration(), installation.facts.registry(), installation.keys()];
  await inTime(Promise.allSettled(shared), sharedLimitMs);
  const all = [...before, ...(await makeAll(others, installation))];
  const hide = await hideSecrets(installation);
  return {
    findings: all.map(([check, diagnosis]) => findingOf(check, diagnosis, hide)),
    fixes: all.flatMap(([, { fix }]) => fix ?? []),
  };
}

async function makeAll(checks: readonly Check[], installation: Installation): Promise<[Check, Diagnosis][]> {
  const made = await Promise.all(checks.map((check) => make(check, installation)));
  return checks.flatMap((check, index) => (made[index] ?? []).map((said): [Check, Diagnosis] => [check, said]));
}

async function make(check: Check, installation: Installation): Promise<readonly Diagnosis[]> {
  const { limitMs = LIMIT_MS } = check;
  try {
    return (await inTime(check.examine(installation), limitMs)) ?? [tooSlow(check, limitMs)];
  } catch (error) {
    return [failed(check, error)];
  }
}

/** Undefined when it takes longer than this, in milliseconds. */
async function inTime<Result>(work: Result | Promise<Result>, limitMs: number): Promise<Result | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), limitMs);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function tooSlow({ id }: Check, limitMs: number): Diagnosis {
  return warning(id, `The check "${id}" did not come to an end`, {
    detail: `It was given up after ${limitMs / 1000} s.`,
    remedy: 'Try again when the machine has less to do.',
  });
}

function failed({ id }: Check, error: unknown): Diagnosis {
  const remedy = isClaudexError(error) ? error.remedy : undefined;
  return problem(id, `The check "${id}" failed`, {
    detail: messageOf(error),
    ...(remedy === undefined ? {} : { remedy }),
  });
}

function findingOf({ group }: Check, diagnosis: Diagnosis, hide: (text: string) => string): Finding {
  const { id, state, title, detail, remedy, fix } = diagnosis;
  return {
    id,
    group,
    state,
    title: hide(title),
    detail: detail === undefined ? null : hide(detail),
    remedy: remedy === undefined ? null : hide(remedy),
    fixable: fix !== undefined,
  };
}

/** Findings quote others: messages, names, addresses. What could not be read by now is quoted by nobody. */
async function hideSecrets(installation: Installation): Promise<(text: string) => string> {
  const known = <Fact>(fact: Promise<Fact>): Promise<Fact | undefined> =>
    inTime(
      fact.catch(() => undefined),
      KNOWN_LIMIT_MS,
    );
  const [values, token, read] = await Promise.all([
    known(installation.values()),
    known(installation.token()),
    known(installation.keys()),
  ]);
  const secrets = secretsOf(values ?? defaultConfiguration(), read?.keys ?? installation.environment, [token]);
  return (text) => scrubPatterns(masked(text, secrets));
}
