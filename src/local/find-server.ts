import type { LocalServer, ModelFacts, Provider } from '@claudex/sdk';
import { liveFacts } from '../catalogue/index.ts';
import { completeProfile, type Configuration, type Profile } from '../config/index.ts';
import { failure } from '../errors/index.ts';
import { bindProfile, LOCAL, type BoundProfile } from '../router/index.ts';
import { chooseModel } from './choose-model.ts';
import type { LocalIo } from './local-io.ts';

/** A server on this machine answers within that time, in milliseconds, or does not run. */
const LIMIT_MS = 1_000;

/** What became of looking for one server. */
type Looked = { readonly bound: BoundProfile; readonly server: LocalServer } & (
  | { readonly chosen: ModelFacts }
  | { readonly problem: string; readonly isEmpty: boolean }
);

/**
 * Finds the first local server that runs and makes a profile `local` of it, with the model that suits best. All servers are
 * asked at once. The order is that of their ranks, but one that has the wanted model comes first, before all others that of
 * the provider `kept`, and one whose models cannot call tools comes last. Throws a failure that names what was tried when
 * there is none.
 */
export async function findServer(
  configuration: Configuration,
  io: LocalIo,
  wanted?: string,
  kept?: string,
): Promise<Profile> {
  const servers = [...io.descriptors.providers.values()].flatMap((provider) =>
    provider.localServer && !provider.start ? [{ provider, server: provider.localServer }] : [],
  );
  servers.sort((one, other) => one.server.rank - other.server.rank);
  const looked = await Promise.all(
    servers.map((each) =>
      lookFor(each, { ...configuration, profiles: [profileOf(each.provider, wanted)] }, io, wanted),
    ),
  );
  const running = looked.flatMap((each) => ('chosen' in each ? [each] : []));
  const wantedAt = running.filter(({ chosen }) => chosen.id === wanted);
  const found =
    wantedAt.find(({ bound }) => bound.provider.id === kept) ??
    wantedAt[0] ??
    running.find(({ chosen }) => chosen.tools !== false) ??
    running[0];
  if (found) return profileOf(found.bound.provider, found.chosen.id);
  throw noneOf(looked);
}

async function lookFor(
  { provider, server }: { readonly provider: Provider; readonly server: LocalServer },
  configuration: Configuration,
  io: LocalIo,
  wanted: string | undefined,
): Promise<Looked> {
  const bound = bindProfile(LOCAL, configuration, io.descriptors, io.keys);
  const found = await askForModels(bound, io);
  if ('problem' in found) return { bound, server, problem: found.problem, isEmpty: found.isEmpty === true };
  const chosen = chooseModel(found.facts, wanted);
  if (chosen) return { bound, server, chosen };
  return { bound, server, problem: `${provider.title} has no model that can chat`, isEmpty: true };
}

/** Anything may listen at a usual port: the key is shown only to a server that asks for one. */
async function askForModels(bound: BoundProfile, io: LocalIo): ReturnType<typeof liveFacts> {
  const asking = { ...io, limitMs: LIMIT_MS };
  const found = await liveFacts({ ...bound, credential: { source: 'none' } }, asking);
  const isRefused = 'problem' in found && found.isRefused === true;
  return isRefused && bound.credential.value !== undefined ? liveFacts(bound, asking) : found;
}

function profileOf(provider: Provider, model?: string): Profile {
  return completeProfile({ name: LOCAL, provider: provider.id, ...(model !== undefined && { default_model: model }) });
}

function noneOf(looked: readonly Looked[]): Error {
  const empty = looked.find((each) => 'isEmpty' in each && each.isEmpty);
  if (empty) {
    const { bound, server } = empty;
    return failure(
      'local-without-models',
      `${bound.provider.title} runs at ${addressOf(bound)} and has no model`,
      `Run "${server.addModel}", then try again.`,
    );
  }
  const tried = looked.map(({ bound, ...rest }) => {
    const why = 'problem' in rest ? withoutName(rest.problem, bound) : '';
    return `${bound.provider.title} at ${addressOf(bound)}: ${why}`;
  });
  const starts = looked.map(({ bound, server }) => `${bound.provider.title}: "${server.start}"`);
  return failure(
    'local-not-running',
    tried.length === 0
      ? 'no plugin brings a local server'
      : `no local server with a model answers; tried ${tried.join('; ')}`,
    starts.length === 0 ? '"claudex plugins" lists what is installed.' : `Start one. ${starts.join(', ')}.`,
  );
}

function addressOf({ options, homeUrl }: BoundProfile): string {
  return options['host'] ?? homeUrl ?? '';
}

/** The server's name and address stand before it already. */
function withoutName(problem: string, { provider, homeUrl = '' }: BoundProfile): string {
  const origin = URL.canParse(homeUrl) ? new URL(homeUrl).origin : homeUrl;
  return [`${provider.title} `, 'gave no list of models: ', `${origin}: `, `${origin} `].reduce(
    (text, prefix) => (text.startsWith(prefix) ? text.slice(prefix.length) : text),
    problem,
  );
}
