import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import type Router from '@koa/router';
import type { Context } from 'koa';
import { isJsonObject, type JsonObject } from '@claudex/sdk';
import type { Configuration } from '../../config/index.ts';
import { involvedProfiles } from '../../router/index.ts';
import { notJson, parseJsonObject } from '../parse-json.ts';
import type { ProxyState } from '../proxy-state.ts';
import { readJsonBytes } from '../read-body.ts';
import { RequestError } from '../request-error.ts';
import type { Ending } from '../server/gentle-stop.ts';
import { sessionView } from '../session-view.ts';
import type { Session, SessionOrigin } from '../sessions.ts';

/** Larger than any configuration file that is read. */
const MAX_BYTES = 4 * 1024 * 1024;
const CONTEXT = /^[0-9a-f]{16}$/;
const SESSION_ID = /^[0-9a-f]{16,64}$/;

/** Routes below `/-/`: private to the CLI, which is known to be the same user by the token. */
export function addControl(router: Router, state: ProxyState): void {
  router.post('/-/stop', async (context) => {
    const ending = await endingFrom(context.req);
    context.status = 202;
    context.body = { stopping: true };
    context.res.once('finish', () => state.requestStop(ending));
  });
  // The session lasts as long as this answer stays open: the system closes it even when its process is killed.
  router.post('/-/sessions', async (context) => {
    const body = parseJsonObject(await readJsonBytes(context.req, MAX_BYTES));
    if (!body) throw notJson();
    const { profile, configuration, keys } = checked(body);
    const origin = originFrom(body);
    const involved = involvedProfiles(profile, configuration).map(({ name }) => name);
    await state.profiles.learn([profile, ...involved], { configuration, keys });
    // Somebody who hung up meanwhile has no session.
    if (context.req.socket.destroyed) return;
    context.type = 'application/x-ndjson';
    // The next proxy will have it.
    if (state.stopping.aborted) context.body = lastLine(state);
    else holdOpen(state, context, state.sessions.open(profile, { configuration, keys }, origin));
  });
  router.get('/-/sessions/:id', (context) => {
    const { id = '' } = context.params as { id?: string };
    const session = state.sessions.find(id);
    if (!session) throw new RequestError(404, 'not_found_error', `there is no session "${id}"`);
    context.body = sessionView(state.sessions, session);
  });
}

/** A call without a body stops for good. */
async function endingFrom(request: IncomingMessage): Promise<Ending> {
  if (request.headers['content-type'] === undefined) return 'stopped';
  const body = parseJsonObject(await readJsonBytes(request, MAX_BYTES));
  if (!body) throw notJson();
  return body['handover'] === true ? 'handover' : 'stopped';
}

/** Keeps the answer open, and says at its end why there is no more session. */
function holdOpen(state: ProxyState, context: Context, session: Session): void {
  const held = new PassThrough();
  const end = (): void => {
    held.end(lastLine(state));
  };
  state.stopping.addEventListener('abort', end, { once: true });
  context.res.once('close', () => {
    state.stopping.removeEventListener('abort', end);
    // A proxy that ends may still get a last request over a connection that was open before.
    if (!state.stopping.aborted) state.sessions.close(session);
  });
  context.body = held;
  held.write(`${JSON.stringify({ profile: session.profile, context: session.context ?? null })}\n`);
}

function lastLine({ stopping }: ProxyState): string {
  return `${JSON.stringify({ ended: stopping.reason as Ending })}\n`;
}

function originFrom({ id, pid, cwd, context: before }: JsonObject): SessionOrigin {
  if (before !== undefined && before !== null && !(typeof before === 'string' && CONTEXT.test(before))) {
    throw new RequestError(400, 'invalid_request_error', 'context: must be 16 hexadecimal digits or null');
  }
  if (id !== undefined && !(typeof id === 'string' && SESSION_ID.test(id))) {
    throw new RequestError(400, 'invalid_request_error', 'id: must be 16 to 64 hexadecimal digits');
  }
  return {
    ...(id === undefined ? {} : { id }),
    ...(typeof pid === 'number' ? { pid } : {}),
    ...(typeof cwd === 'string' ? { folder: cwd } : {}),
    ...(before === undefined ? {} : { before }),
  };
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
