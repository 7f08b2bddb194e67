import { setTimeout as pause } from 'node:timers/promises';
import type { Context, Next } from 'koa';
import type { ProxyState } from '../proxy-state.ts';

const ADDRESS = /^\/proxy\/([^/@]+)(?:@([0-9a-f]{16}))?(\/.*)$/;
/** How long a request waits for the session that its address names, in milliseconds. */
const CONTEXT_LIMIT_MS = 10_000;
/** The same for a plain address, which need not belong to a session at all, in milliseconds. */
const PLAIN_LIMIT_MS = 2_000;
const POLL_MS = 25;

/**
 * Bridges the moment after a proxy took the place of one that died or handed over: clients may be back before the
 * sessions they belong to. Young proxies let such requests wait instead of refusing them for good. A plain address
 * that only the proxy before could serve itself is served by what its sessions brought along.
 */
export function awaitSession(state: ProxyState, youthMs: number) {
  const isYoung = (): boolean => Date.now() - state.startedAt < youthMs;
  const appears = async (context: Context, limitMs: number, isThere: () => boolean): Promise<void> => {
    const deadline = performance.now() + limitMs;
    while (!isThere() && performance.now() < deadline && !state.stopping.aborted && !context.res.destroyed)
      await pause(POLL_MS);
  };
  return async (context: Context, next: Next): Promise<void> => {
    const [, profile, id, rest] = ADDRESS.exec(context.path) ?? [];
    if (id !== undefined && isYoung()) await appears(context, CONTEXT_LIMIT_MS, () => state.sessions.isOpen(id));
    if (id === undefined && profile !== undefined && state.sessions.lacks(profile)) {
      if (isYoung()) await appears(context, PLAIN_LIMIT_MS, () => state.sessions.standInFor(profile) !== undefined);
      const standIn = state.sessions.standInFor(profile);
      if (standIn !== undefined) context.path = `/proxy/${profile}@${standIn}${rest}`;
    }
    await next();
  };
}
