import { buildEnvironment } from './build-environment.ts';
import type { PlannedLaunch } from './describe-launch.ts';
import { KeptSession } from './kept-session.ts';
import { launch } from './launch.ts';
import { lastConversation, sourceOf, startSession, type SessionSettings } from './session-at-daemon.ts';

/** How claude ended. */
export interface LaunchEnd {
  /** Its exit code, or 128 + n when signal n ended it. */
  readonly code: number;
  /** Its own id of the last conversation; absent where nobody asked for it or the proxy does not know. */
  readonly conversation?: string;
}

/**
 * Makes sure that the proxy runs, registers the session and runs claude. Should the proxy die meanwhile, it is brought
 * back, and the session with it.
 */
export async function runThroughProxy(settings: SessionSettings): Promise<LaunchEnd> {
  const session = await startSession(settings);
  await using _kept = new KeptSession(session, sourceOf(settings, session));
  const proxy = { baseUrl: session.baseUrl, token: settings.token, session: settings.sessionId };
  // Awaited here: the session must not end before claude does.
  const code = await launch({
    executable: settings.executable,
    arguments: settings.claudeArguments,
    environment: buildEnvironment({ ...settings, proxy }),
  });
  const conversation = settings.interactive ? await lastConversation(settings) : undefined;
  return { code, ...(conversation !== undefined && { conversation }) };
}

/** Runs claude as it is, for a profile that it serves with its own login, and returns its exit code. */
export function runWithoutProxy(planned: PlannedLaunch): Promise<number> {
  const { executable, claudeArguments } = planned;
  return launch({ executable, arguments: claudeArguments, environment: buildEnvironment(planned) });
}
