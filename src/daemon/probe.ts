import { setTimeout as sleep } from 'node:timers/promises';
import { systemCodeOf } from '../errors/index.ts';
import { requestLoopback } from '../http/index.ts';
import { daemonUrl, type DaemonAddress } from './address.ts';
import { newChallenge, provesToken } from './challenge.ts';
import { Daemon } from './daemon.ts';

/** An address and the token that a proxy of ours there must hold. */
export interface DaemonDoor extends DaemonAddress {
  readonly token: string;
}

/** Who is behind a port. `silent` is somebody who takes connections and says nothing in time. */
export type Probe =
  | { readonly kind: 'ours'; readonly daemon: Daemon }
  | { readonly kind: 'foreign'; readonly claimsToBeClaudex: boolean; readonly silent: boolean }
  | { readonly kind: 'nobody' };

const PROBE_LIMIT_MS = 3_000;
const NOBODY_CODES = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EADDRNOTAVAIL', 'EHOSTUNREACH', 'ENETUNREACH']);

/** A daemon that is just leaving the port breaks connections off that it had not taken yet. */
const LEAVING_CODES = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);
const LOOKS = 3;
const PAUSE_MS = 100;

/** Finds out who is behind a port without showing the token: whoever answers must prove that they know it. */
export async function probeDaemon(door: DaemonDoor): Promise<Probe> {
  for (let look = 1; ; look += 1) {
    const { brokeOff, ...probe } = await lookOnce(door);
    if (brokeOff !== true || look === LOOKS) return probe;
    await sleep(PAUSE_MS);
  }
}

async function lookOnce(door: DaemonDoor): Promise<Probe & { readonly brokeOff?: boolean }> {
  const challenge = newChallenge();
  const limit = AbortSignal.timeout(PROBE_LIMIT_MS);
  try {
    const response = await requestLoopback({
      url: `${daemonUrl(door)}/health?challenge=${challenge}`,
      timeoutMs: PROBE_LIMIT_MS,
      signal: limit,
    });
    const health = readHealth(await response.text(16 * 1024));
    if (response.status === 200 && provesToken(door.token, challenge, door.port, health.proof_for_port)) {
      return { kind: 'ours', daemon: new Daemon(door, versionOf(health), door.token) };
    }
    return { kind: 'foreign', claimsToBeClaudex: health.name === 'claudex', silent: false };
  } catch (error) {
    const code = systemCodeOf(error) ?? '';
    if (NOBODY_CODES.has(code)) return { kind: 'nobody' };
    const silent = limit.aborted || isTimeout(error);
    return { kind: 'foreign', claimsToBeClaudex: false, silent, brokeOff: LEAVING_CODES.has(code) };
  }
}

function readHealth(text: string): { name?: unknown; version?: unknown; proof_for_port?: unknown } {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    return {};
  }
}

function versionOf({ version }: { version?: unknown }): string {
  return typeof version === 'string' ? version : 'unknown';
}

function isTimeout(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'kind' in error && error.kind === 'timeout';
}
