import { buildEnvironment } from './build-environment.ts';
import type { PlannedLaunch } from './describe-launch.ts';
import { KeptSession } from './kept-session.ts';
import { launch } from './launch.ts';
import { sourceOf, startSession, type SessionSettings } from './session-at-daemon.ts';

/**
 * Makes sure that the proxy runs, registers the session, runs claude and returns its exit code. Should the proxy die
 * meanwhile, it is brought back, and the session with it.
 */
export async function runThroughProxy(settings: SessionSettings): Promise<number> {
  const session = await startSession(settings);
  await using _kept = new KeptSession(session, sourceOf(settings, session));
  const proxy = { baseUrl: session.baseUrl, token: settings.token };
  // Awaited here: the session must not end before claude does.
  return await launch({
    executable: settings.executable,
    arguments: settings.claudeArguments,
    environment: buildEnvironment({ ...settings, proxy }),
  });
}

/** Runs claude as it is, for a profile that it serves with its own login, and returns its exit code. */
export function runWithoutProxy(planned: PlannedLaunch): Promise<number> {
  const { executable, claudeArguments } = planned;
  return launch({ executable, arguments: claudeArguments, environment: buildEnvironment(planned) });
}
