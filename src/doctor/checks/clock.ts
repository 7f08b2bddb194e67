import { launchesWithoutProxy } from '../../config/index.ts';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { proxyLogFile } from '../../daemon/index.ts';
import { createNodeFetchClient, UpstreamError } from '../../http/index.ts';
import { bindProfile, defaultProfile } from '../../router/index.ts';
import { ok, problem, warning, type Diagnosis } from '../finding.ts';
import type { Installation } from '../installation.ts';

const ID = 'clock';
/** Logins and certificates fail with more than this, in milliseconds. */
const TOLERANCE_MS = 5 * 60 * 1000;
/** No clock of a machine with this version was right before. */
const EARLIEST = Date.UTC(2026, 0, 1);
const CALL_LIMITS = { connectMs: 2_000, firstByteMs: 3_000, idleMs: 1_000 } as const;
const SET_CLOCK = 'Let your system set its clock by the network.';

/** Whether the clock can be right, and whether it agrees with the provider of the default profile. */
export async function checkClock(installation: Installation): Promise<Diagnosis[]> {
  const now = Date.now();
  const { state } = installation.facts.directories;
  const newest = Math.max(...(await Promise.all([proxyLogFile(state), join(state, 'state.db')].map(changedAt))));
  if (now < EARLIEST) return [wrong(`It says ${new Date(now).toISOString()}.`)];
  if (newest - now > TOLERANCE_MS)
    return [wrong(`It says ${new Date(now).toISOString()}, but files are from ${new Date(newest).toISOString()}.`)];
  const compared = installation.facts.offline ? [] : await compare(installation);
  return compared.length > 0 ? compared : [ok(ID, 'The clock is plausible', new Date(now).toISOString())];
}

async function compare(installation: Installation): Promise<Diagnosis[]> {
  const target = await targetOf(installation);
  if (target === undefined) return [];
  const { name, url } = target;
  const client = createNodeFetchClient(installation.environment);
  try {
    const response = await client.send({ method: 'GET', url, headers: {} }, CALL_LIMITS, new AbortController().signal);
    response.cancel();
    return [ok('provider', `The provider of profile ${name} can be reached`, url), ...judge(response.headers['date'])];
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    if (error.kind === 'refused-redirect') return [];
    const detail = /NOT_YET_VALID|HAS_EXPIRED/.test(error.code ?? '')
      ? `${error.message} The clock says ${new Date().toISOString()}; is that right?`
      : error.message;
    return [
      warning('provider', `The provider of profile ${name} cannot be reached`, {
        detail,
        remedy: `"claudex profile test ${name}" says more; --offline leaves this out.`,
      }),
    ];
  } finally {
    client.close();
  }
}

/** The default profile, where it leads to a server. Nothing of it but the address is used. */
async function targetOf(
  installation: Installation,
): Promise<{ readonly name: string; readonly url: string } | undefined> {
  try {
    const values = await installation.values();
    const profile = defaultProfile(values);
    if (launchesWithoutProxy(profile)) return undefined;
    const { baseUrl } = bindProfile(profile.name, values, await installation.facts.registry(), {});
    return baseUrl === undefined ? undefined : { name: profile.name, url: baseUrl };
  } catch {
    // What is wrong with it, the check of the profiles says.
    return undefined;
  }
}

function judge(date: string | undefined): Diagnosis[] {
  const theirs = Date.parse(date ?? '');
  const difference = Date.now() - theirs;
  if (Number.isNaN(theirs)) return [];
  if (Math.abs(difference) <= TOLERANCE_MS) return [ok(ID, 'The clock is right', new Date().toISOString())];
  const minutes = Math.round(Math.abs(difference) / 60_000);
  return [wrong(`It is ${minutes} minutes ${difference > 0 ? 'fast' : 'slow'}, compared with the provider.`)];
}

function wrong(detail: string): Diagnosis {
  return problem(ID, 'The clock is wrong', {
    detail: `${detail} Logins and encrypted connections fail.`,
    remedy: SET_CLOCK,
  });
}

/** In milliseconds since the epoch; 0 when there is no such file. */
async function changedAt(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
