import { PassThrough } from 'node:stream';
import type Router from '@koa/router';
import { isJsonObject, type JsonObject } from '@claudex/sdk';
import type { Configuration } from '../../config/index.ts';
import { notJson, parseJsonObject } from '../parse-json.ts';
import type { ProxyState } from '../proxy-state.ts';
import { readJsonBytes } from '../read-body.ts';
import { RequestError } from '../request-error.ts';

/** Larger than any configuration file that is read. */
const MAX_SESSION_BYTES = 4 * 1024 * 1024;

/** Routes below `/-/`: private to the CLI, which is known to be the same user by the token. */
export function addControl(router: Router, state: ProxyState): void {
  router.post('/-/stop', (context) => {
    context.status = 202;
    context.body = { stopping: true };
    context.res.once('finish', () => state.requestStop());
  });
  // The session lasts as long as this answer stays open: the system closes it even when its process is killed.
  router.post('/-/sessions', async (context) => {
    const body = parseJsonObject(await readJsonBytes(context.req, MAX_SESSION_BYTES));
    if (!body) throw notJson();
    const { profile, configuration, keys } = checked(body);
    const origin = {
      ...(typeof body['pid'] === 'number' ? { pid: body['pid'] } : {}),
      ...(typeof body['cwd'] === 'string' ? { folder: body['cwd'] } : {}),
    };
    await state.profiles.learn(profile, { configuration, keys });
    // Somebody who hung up meanwhile has no session.
    if (context.req.socket.destroyed) return;
    const session = state.sessions.open(profile, { configuration, keys }, origin);
    const held = new PassThrough();
    const end = (): void => {
      held.end();
    };
    state.stopping.addEventListener('abort', end, { once: true });
    context.res.once('close', () => {
      state.stopping.removeEventListener('abort', end);
      state.sessions.close(session);
    });
    context.type = 'application/x-ndjson';
    context.body = held;
    held.write(`${JSON.stringify({ profile, context: session.context ?? null })}\n`);
  });
}

function checked(body: JsonObject): {
  profile: string;
  configuration: Configuration;
  keys: { [name: string]: string };
} {
  const { profile, configuration, keys = {} } = body;
  if (typeof profile !== 'string') throw new RequestError(400, 'invalid_request_error', 'profile: must be a string');
  if (!isJsonObject(configuration) || !Array.isArray(configuration['profiles'])) {
    throw new RequestError(400, 'invalid_request_error', 'configuration: must be a complete configuration');
  }
  if (!isJsonObject(keys) || !Object.values(keys).every((value) => typeof value === 'string')) {
    throw new RequestError(400, 'invalid_request_error', 'keys: must map names to strings');
  }
  // It was validated by the same version of this program on the caller's side.
  return {
    profile,
    configuration: configuration as unknown as Configuration,
    keys: keys as { [name: string]: string },
  };
}
