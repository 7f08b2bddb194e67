import type Router from '@koa/router';
import type { ProxyState } from '../proxy-state.ts';

/** `GET /status`: what this proxy is and has done. Times in seconds, tokens by kind. */
export function addStatus(router: Router, state: ProxyState): void {
  router.get('/status', (context) => {
    const sessions = state.sessions.list();
    context.body = {
      status: 'ok',
      name: 'claudex',
      version: state.version,
      pid: process.pid,
      host: state.address.host,
      port: state.address.port,
      uptime_s: Math.floor((Date.now() - state.startedAt) / 1000),
      profiles: Object.fromEntries(
        state.profiles.base.configuration.profiles.map(({ name, enabled }) => [
          name,
          {
            enabled,
            ...state.counters.of(name),
            sessions: sessions.filter((session) => session.profile === name).length,
          },
        ]),
      ),
      sessions: sessions.map(({ profile, context: id, pid, folder, since }) => ({
        profile,
        context: id ?? null,
        pid: pid ?? null,
        folder: folder ?? null,
        age_s: Math.floor((Date.now() - since) / 1000),
      })),
    };
  });
}
