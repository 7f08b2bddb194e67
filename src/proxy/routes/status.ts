import type Router from '@koa/router';
import { AUTO } from '../../router/index.ts';
import { worstState } from '../observe/breaker-view.ts';
import type { ProxyState } from '../proxy-state.ts';
import { sessionView } from '../session-view.ts';
import type { Session } from '../sessions.ts';

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
      sessions: state.sessions.list().map((session) => sessionView(state.sessions, session)),
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
          sessions: sessions.filter((session) => servedBy(state, session) === name).length,
        },
      ];
    }),
  );
}

/** The profile of a session: its own, for `auto` the one that answered last. */
function servedBy({ sessions }: ProxyState, session: Session): string | undefined {
  return session.profile === AUTO ? sessions.useOf(session).servedBy : session.profile;
}

function eventLoopDelay({ observation }: ProxyState): { readonly [figure: string]: number } {
  const { p50_s, p99_s, max_s } = observation.loopDelay.read();
  return { p50_ms: milliseconds(p50_s), p99_ms: milliseconds(p99_s), max_ms: milliseconds(max_s) };
}

/** With one digit behind the point. */
function milliseconds(seconds: number): number {
  return Math.round(seconds * 10_000) / 10;
}
