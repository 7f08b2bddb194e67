import type Router from '@koa/router';
import type { ProxyState } from '../proxy-state.ts';

/** `GET /metrics`: figures in the text format of Prometheus. */
export function addMetrics(router: Router, state: ProxyState): void {
  router.get('/metrics', async (context) => {
    const text = await state.observation.metrics.text();
    context.set('content-type', 'text/plain; version=0.0.4; charset=utf-8');
    context.body = text;
  });
}
