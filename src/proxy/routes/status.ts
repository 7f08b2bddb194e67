import type Router from '@koa/router';
import { worstState } from '../observe/breaker-view.ts';
import type { ProxyState } from '../proxy-state.ts';

/** `GET /status`: what this proxy is and has done. Times in the unit their name ends with, tokens by kind. */
export function addStatus(router: Router, state: ProxyState): void {
  router.get('/status', (context) => {
    context.body = {
      status: 'ok',
      name: 'claudex',
      version: state.version,
      pid: process.pid,
      host: state.address.host,
      port: state.address.port,
      uptime_s: Math.floor((Date.now() - state.startedAt) / 1000),
      configuration: state.reload.status(),
      log: { dropped: state.observation.droppedLines() },
      history: { dropped: state.history.dropped },
      event_loop_delay: eventLoopDelay(state),
      profiles: profilesOf(state),
      sessions: state.sessions.list().map(({ profile, context: id, pid, folder, since }) => ({
        profile,
        context: id ?? null,
        pid: pid ?? null,
        folder: folder ?? null,
        age_s: Math.floor((Date.now() - since) / 1000),
      })),
    };
  });
}

function profilesOf(state: ProxyState): { readonly [name: string]: object } {
  const breakers = state.observation.breakers();
  const sessions = state.sessions.list();
  return Object.fromEntries(
    state.profiles.base.configuration.profiles.map(({ name, enabled }) => {
      const own = breakers.filter(({ profile }) => profile === name);
      return [
        name,
        {
          enabled,
          breaker: worstState(own),
          breakers: own.map(({ model, state, remainingMs, opened }) => ({
            model,
            state,
            remaining_ms: remainingMs,
            opened,
          })),
          health: state.health.of(name),
          ...state.counters.of(name),
          latency: state.observation.latencies.of(name),
          sessions: sessions.filter((session) => session.profile === name).length,
        },
      ];
    }),
  );
}

function eventLoopDelay({ observation }: ProxyState): { readonly [figure: string]: number } {
  const { p50_s, p99_s, max_s } = observation.loopDelay.read();
  return { p50_ms: milliseconds(p50_s), p99_ms: milliseconds(p99_s), max_ms: milliseconds(max_s) };
}

/** With one digit behind the point. */
function milliseconds(seconds: number): number {
  return Math.round(seconds * 10_000) / 10;
}
