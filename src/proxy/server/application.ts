import Router from '@koa/router';
import Koa from 'koa';
import { awaitSession } from '../middleware/await-session.ts';
import { envelope } from '../middleware/envelope.ts';
import { guard } from '../middleware/guard.ts';
import type { ProxyState } from '../proxy-state.ts';
import { addControl } from '../routes/control.ts';
import { addCountTokens } from '../routes/count-tokens.ts';
import { addExchanges } from '../routes/exchanges.ts';
import { addHealth } from '../routes/health.ts';
import { addMessages } from '../routes/messages.ts';
import { addMetrics } from '../routes/metrics.ts';
import { addModels } from '../routes/models.ts';
import { addStatus } from '../routes/status.ts';
import { hostsOf } from './server-limits.ts';

const ROUTES = [addHealth, addMessages, addCountTokens, addModels, addStatus, addMetrics, addExchanges, addControl];

/** Everything that answers requests. `youthMs`: see the options of a proxy. */
export function application(state: ProxyState, youthMs: number): Koa {
  const router = new Router();
  for (const add of ROUTES) add(router, state);
  const koa = new Koa();
  koa.silent = true;
  // A client that goes away during an answer is no event; what is our fault is logged where it happens.
  koa.on('error', () => undefined);
  koa.use(envelope(state));
  koa.use(guard({ hosts: hostsOf(state.address), token: state.token }));
  koa.use(awaitSession(state, youthMs));
  koa.use(router.routes());
  return koa;
}
