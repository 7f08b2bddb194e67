import type { ModelFacts, ModelSlots, Protocol, Provider, ProviderWire, Quirks } from '@claudex/sdk';
import {
  profileNotFound,
  type BreakerSettings,
  type Configuration,
  type Profile,
  type Timeouts,
} from '../config/index.ts';
import { failure } from '../errors/index.ts';
import { bindWires, trimSlashes, type BoundWire } from './bind-wires.ts';
import { BUILT_IN_PROFILES, LOCAL, localUnsettled } from './built-in.ts';
import { quirksOf } from './check-quirks.ts';
import { checkCredential, findCredential, type BoundCredential } from './credential.ts';
import { deviationOf } from './familiar-hosts.ts';
import { optionsOf, type Options } from './provider-options.ts';
import { settledProvider } from './settled-provider.ts';

/** What the plugins contribute, as far as routing needs it. */
export interface Descriptors {
  readonly protocols: ReadonlyMap<string, Protocol>;
  readonly providers: ReadonlyMap<string, Provider>;
}

/** A profile with everything it refers to. */
export interface BoundProfile {
  readonly profile: Profile;
  /** Exists without configuration: never listed, counted or used as default. */
  readonly builtIn: boolean;
  readonly provider: Provider;
  readonly protocol: Protocol;
  /** Without a trailing slash; absent when the provider starts its own upstream. */
  readonly baseUrl?: string;
  /** How the provider deviates in this protocol. */
  readonly wire: ProviderWire;
  /** The base URL of the protocol that is used unless a model asks for another. */
  readonly homeUrl?: string;
  /** Every protocol that models may ask for, by id. */
  readonly wires: ReadonlyMap<string, BoundWire>;
  /** Whole address of the list of models; `none` where there is none; absent: below `homeUrl`. */
  readonly modelList?: string;
  readonly options: Options;
  readonly credential: BoundCredential;
  readonly models: ModelSlots;
  readonly knownModels: readonly ModelFacts[];
  readonly quirks: Quirks;
  readonly timeouts: Timeouts;
  readonly breaker: BreakerSettings;
}

/**
 * Finds a profile by name and resolves its provider, protocol, base URL, models, quirks, clocks and credential. `keys` is
 * what `readKeys` gives, or the environment alone where no secret of the keyring is needed. Throws a failure for an
 * unknown name, provider or protocol.
 */
export function bindProfile(
  name: string,
  configuration: Configuration,
  descriptors: Descriptors,
  keys: NodeJS.ProcessEnv,
): BoundProfile {
  const configured = configuration.profiles.find((profile) => profile.name === name);
  const profile = configured ?? BUILT_IN_PROFILES.get(name);
  if (!profile) throw name === LOCAL ? localUnsettled() : profileNotFound(name, configuration);
  const provider =
    profile.provider === undefined ? ownProvider(profile, descriptors) : namedProvider(profile, descriptors);
  const options = optionsOf(profile, provider, keys);
  const { protocols } = descriptors;
  const chosen = chosenProtocol(profile, descriptors);
  const { own, all, modelList } = bindWires({ profile, provider, options, protocols, chosen });
  const settled = settledProvider(provider, options);
  return {
    profile,
    builtIn: configured === undefined,
    provider,
    ...own,
    ...(own.baseUrl !== undefined && { homeUrl: own.baseUrl }),
    wires: all,
    ...(modelList !== undefined && { modelList }),
    options,
    credential: findCredential(profile, settled, keys),
    models: {
      ...settled.models,
      ...defined(profile.models),
      default: profile.default_model ?? settled.models.default,
    },
    knownModels: provider.knownModels ?? [],
    quirks: { ...provider.quirks, ...quirksOf(profile, provider) },
    timeouts: timeoutsOf(profile, provider, configuration),
    breaker: { ...configuration.breaker, ...defined(profile.breaker ?? {}) },
  };
}

/** Throws a failure that names what to export or to store when the profile's credential is missing. */
export function requireCredential(bound: BoundProfile): void {
  checkCredential(bound.profile, bound.provider, bound.credential);
}

function namedProvider(profile: Profile, { providers }: Descriptors): Provider {
  const provider = providers.get(profile.provider ?? '');
  if (provider) return provider;
  throw failure(
    'provider-not-found',
    `profile "${profile.name}" names provider "${profile.provider}", which no plugin brings`,
    `Known providers: ${[...providers.keys()].join(', ')}. "claudex plugins" lists what is installed.`,
  );
}

/** A profile without `provider` is its own provider: everything stands in the profile. */
function ownProvider(profile: Profile, descriptors: Descriptors): Provider {
  const protocol = protocolOfType(profile.provider_type ?? 'DirectAnthropic', descriptors);
  if (!protocol) throw unknownType(profile);
  return {
    specVersion: 1,
    id: trimSlashes(profile.base_url) ?? profile.name,
    title: profile.name,
    protocol: protocol.id,
    models: { default: profile.default_model ?? '' },
    // Anthropic's protocol has a header of its own for the key.
    ...(protocol.client ? {} : deviationOf(profile)),
  };
}

function chosenProtocol(profile: Profile, descriptors: Descriptors): Protocol | undefined {
  if (profile.provider === undefined || profile.provider_type === undefined) return undefined;
  const chosen = protocolOfType(profile.provider_type, descriptors);
  if (chosen) return chosen;
  throw unknownType(profile);
}

function protocolOfType(type: string, { protocols }: Descriptors): Protocol | undefined {
  return [...protocols.values()].find((protocol) => protocol.providerTypes.includes(type));
}

function unknownType(profile: Profile): Error {
  return failure(
    'protocol-not-found',
    `profile "${profile.name}" has provider_type "${profile.provider_type}", which no plugin brings`,
    'Install a plugin that brings this protocol, or correct provider_type.',
  );
}

function timeoutsOf(profile: Profile, provider: Provider, configuration: Configuration): Timeouts {
  const local = provider.local === true ? { first_byte_s: 0 } : {};
  return { ...configuration.timeouts, ...local, ...defined(profile.timeouts ?? {}) };
}

function defined<Values extends object>(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values;
}
