import type Router from '@koa/router';
import type { ProxyState } from '../proxy-state.ts';
import { RequestError } from '../request-error.ts';

/**
 * `GET /-/exchanges/:id`: what became of a finished exchange, by its id, the beginning of one, or `latest`. Writes what waits
 * to be written first, so that who asks finds the rest in the store.
 */
export function addExchanges(router: Router, { history }: Pick<ProxyState, 'history'>): void {
  router.get('/-/exchanges/:id', async (context) => {
    const { id = '' } = context.params as { id?: string };
    await history.flush();
    const found = await history.find(id);
    if (found.kind === 'none')
      throw new RequestError(404, 'not_found_error', `there is no exchange "${id}" in the history`);
    context.body = found;
  });
}
