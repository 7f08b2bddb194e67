import type { Context } from 'koa';
import type { Configuration, Profile } from '../config/index.ts';
import {
  AUTO,
  autoProfile,
  defaultProfile,
  resolveModel,
  splitProfileFromModel,
  type BoundProfile,
} from '../router/index.ts';
import { targetOf, type Target } from './attempts/target.ts';
import { ClientRequest } from './client-request.ts';
import type { ClientSide } from './client-side.ts';
import type { Incoming } from './incoming.ts';
import { otherProfile, type ChosenProfile } from './other-profile.ts';
import { notJson } from './parse-json.ts';
import type { Scope } from './profile-directory.ts';
import type { ProxyState } from './proxy-state.ts';
import { readJsonBytes } from './read-body.ts';
import { RequestError } from './request-error.ts';
import { findTopLevelFields, readField } from './top-level-fields.ts';

/** A client's call, and the profile and model that are asked first. */
export interface Received {
  readonly request: ClientRequest;
  readonly target: Target;
  readonly scope: Scope;
}

/**
 * Reads a client's call and finds its profile (from the address, from `profile/model`, or the default one) and its model.
 * A listed id of another profile goes to that one.
 * Throws what is wrong with it as a RequestError, a ClaudexError or what the client's codec says.
 */
export async function receive(state: ProxyState, client: ClientSide, context: Context): Promise<Received> {
  const address = (context.params as { profile?: string }).profile;
  const { scope, name } =
    address === undefined ? { scope: state.profiles.base, name: undefined } : state.profiles.scopeOf(address);
  const { proxy_max_body_mb } = state.profiles.base.configuration;
  const named = name === undefined || name === AUTO ? undefined : await usable(state, name, scope);
  const body = await readJsonBytes(context.req, proxy_max_body_mb * 1024 * 1024);
  const chosen =
    named === undefined
      ? await choose(state, scope, body, name === AUTO ? autoProfile : defaultProfile)
      : (otherProfile(body, named, scope, state.profiles) ?? { bound: named, model: undefined });
  const incoming: Incoming = {
    requestId: context.state['requestId'] as string,
    body,
    model: chosen.model,
    headers: context.req.headers as { [name: string]: string | undefined },
    query: context.querystring,
    signal: signalOf(state, context),
  };
  const request = new ClientRequest(incoming, client);
  const { bound } = chosen;
  return { request, target: await targetFor(request, bound, scope), scope };
}

/** The profile of a name, with what can be known of it and of its backups only now. */
async function usable({ local, profiles }: ProxyState, name: string, scope: Scope): Promise<BoundProfile> {
  await local.prepare(name, scope);
  const bound = profiles.findUsable(name, scope);
  await Promise.all(bound.profile.backup_providers.map((backup) => local.prepareBackup(backup, scope)));
  return bound;
}

/** Reads the request, whole where it is going to be translated, and finds out for which model it is. */
async function targetFor(request: ClientRequest, bound: BoundProfile, scope: Scope): Promise<Target> {
  const isTranslated = ({ protocol }: BoundProfile): boolean => protocol.id !== request.client.protocol.id;
  const resolve = (whole: boolean): Target =>
    targetOf(bound, resolveModel(request.asked(whole), bound, scope.configuration.model_aliases));
  const dependsOnModel = bound.wires.size > 1;
  if (!dependsOnModel && isTranslated(bound)) await request.read();
  const target = resolve(!dependsOnModel && isTranslated(bound));
  if (dependsOnModel && isTranslated(target.bound)) await request.read();
  return target;
}

/** Aborts when the client goes away or the proxy has to end. */
function signalOf(state: ProxyState, context: Context): AbortSignal {
  const call = new AbortController();
  const abort = (): void => call.abort();
  state.shutdown.addEventListener('abort', abort, { once: true });
  context.res.once('close', () => {
    state.shutdown.removeEventListener('abort', abort);
    if (!context.res.writableFinished) abort();
  });
  return call.signal;
}

/** The profile that the model's prefix names, else the one that `otherwise` gives. */
async function choose(
  state: ProxyState,
  scope: Scope,
  body: Buffer,
  otherwise: (configuration: Configuration) => Profile,
): Promise<ChosenProfile> {
  const fields = findTopLevelFields(body);
  if (!fields) throw notJson();
  const asked = readField(body, fields, 'model');
  if (typeof asked !== 'string') throw new RequestError(400, 'invalid_request_error', 'model: must be a string');
  const { profile, model } = splitProfileFromModel(asked, scope.configuration);
  const name = profile ?? otherwise(scope.configuration).name;
  return { bound: await usable(state, name, scope), model: profile === undefined ? undefined : model };
}
