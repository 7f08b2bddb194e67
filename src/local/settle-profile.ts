import { liveFacts } from '../catalogue/index.ts';
import { launchesWithoutProxy, type Configuration, type Profile } from '../config/index.ts';
import { failure, isClaudexError } from '../errors/index.ts';
import { bindProfile, LOCAL, profileBehind, type BoundProfile } from '../router/index.ts';
import { chooseModel } from './choose-model.ts';
import { findServer } from './find-server.ts';
import type { LocalIo } from './local-io.ts';

/** Nobody waits longer for a list before a session begins, in milliseconds. */
const LIMIT_MS = 2_000;
const DAY_MS = 24 * 3_600_000;

/**
 * Settles what only the running servers can say of the profile that a name stands for: which of them the built-in `local`
 * is, and which model a profile without a default one uses. What a local server says of its models is remembered on the
 * way. The configuration as it is where there is nothing to settle. `wanted` is a model that the user asks for, or that was
 * chosen before, then by the server of the provider `kept`. Throws a failure when no server runs, or it has no model.
 */
export async function settleProfile(
  name: string,
  configuration: Configuration,
  io: LocalIo,
  wanted?: string,
  kept?: string,
): Promise<Configuration> {
  const served = profileBehind(name, configuration);
  const profile = configuration.profiles.find((candidate) => candidate.name === served);
  if (profile === undefined) {
    if (served !== LOCAL) return configuration;
    const found = await findServer(configuration, io, wanted, kept);
    return { ...configuration, profiles: [...configuration.profiles, found] };
  }
  const bound = boundIfPossible(profile, configuration, io);
  if (bound === undefined || !canBeSettled(bound)) return configuration;
  const model = await settleModel(bound, io, wanted);
  if (model === undefined) return configuration;
  const settled = { ...profile, default_model: model };
  return { ...configuration, profiles: configuration.profiles.map((each) => (each === profile ? settled : each)) };
}

/** Whether something about a profile changes with what its server has loaded. */
export function canBeSettled({ provider, models }: BoundProfile): boolean {
  if (provider.start) return false;
  return provider.local === true || (provider.describeModels !== undefined && models.default === '');
}

/** Undefined for one that cannot be bound, or is not to be: what is wrong with it is for those to say who use it. */
export function boundIfPossible(
  profile: Profile,
  configuration: Configuration,
  io: Pick<LocalIo, 'descriptors' | 'keys'>,
): BoundProfile | undefined {
  if (!profile.enabled || launchesWithoutProxy(profile)) return undefined;
  try {
    return bindProfile(profile.name, configuration, io.descriptors, io.keys);
  } catch (error) {
    if (isClaudexError(error)) return undefined;
    throw error;
  }
}

/** Undefined where the profile says which model it uses. */
async function settleModel(bound: BoundProfile, io: LocalIo, wanted: string | undefined): Promise<string | undefined> {
  const { provider, profile, models } = bound;
  // What others host changes in days, what is loaded here in minutes.
  const asking = { ...bound, models: { ...models, default: models.default || (wanted ?? '') } };
  const found = await liveFacts(asking, { ...io, limitMs: LIMIT_MS }, provider.local === true ? 0 : DAY_MS);
  if (models.default !== '') return undefined;
  if ('problem' in found) throw noModel(bound, found.problem, found.isEmpty === true);
  const chosen = chooseModel(found.facts, wanted);
  if (chosen) return chosen.id;
  throw noModel({ provider, profile }, `${provider.title} has no model that can chat`, true);
}

function noModel({ provider, profile }: Pick<BoundProfile, 'provider' | 'profile'>, why: string, isEmpty: boolean) {
  const { localServer: server } = provider;
  const command = isEmpty ? server?.addModel : server?.start;
  return failure(
    'model-not-found',
    `profile "${profile.name}" names no default_model, and none can be found: ${why}`,
    `${command === undefined ? 'Add' : `Run "${command}", or add`} default_model to the profile.`,
  );
}
