import type { Protocol, Provider, ProviderEndpoint, ProviderWire } from '@claudex/sdk';
import type { Profile } from '../config/index.ts';
import { failure, usageError } from '../errors/index.ts';
import { withOptions, type Options } from './provider-options.ts';
import { endpointOf } from './settled-provider.ts';

/** A protocol by which a profile's provider can be reached, and where. */
export interface BoundWire {
  readonly protocol: Protocol;
  /** Without a trailing slash; absent when the provider starts its own upstream. */
  readonly baseUrl?: string;
  /** How the provider deviates in this protocol. */
  readonly wire: ProviderWire;
}

/** Every way to a provider, and what depends on the options beside. */
export interface BoundWires {
  /** The one that is used unless a model asks for another. */
  readonly own: BoundWire;
  /** By protocol id; only those that models may ask for. */
  readonly all: ReadonlyMap<string, BoundWire>;
  /** As in `ProviderEndpoint`, with the options filled in. */
  readonly modelList?: string;
}

/** What {@link bindWires} goes by. */
export interface WireParts {
  readonly profile: Profile;
  readonly provider: Provider;
  readonly options: Options;
  readonly protocols: ReadonlyMap<string, Protocol>;
  /** The protocol that the profile insists on. */
  readonly chosen: Protocol | undefined;
}

/**
 * Resolves the protocols and addresses of a provider. A profile's `base_url` takes the place of the address of its
 * protocol; where only the host differs, the other addresses move to that host, too, and else they are not used. Throws
 * when the provider does not speak what is wanted, or an address is missing.
 */
export function bindWires(parts: WireParts): BoundWires {
  const { profile, provider, options, chosen } = parts;
  const endpoint = endpointOf(provider, options);
  const preferred = preferredProtocol(parts, endpoint);
  const given = trimSlashes(profile.base_url);
  const resolved = (address: string): string => trimSlashes(withOptions(address, options, profile, provider));
  const ownBase = endpoint.bases[preferred.id];
  const elsewhere = given === undefined ? undefined : mover(ownBase && tryResolve(resolved, ownBase), given);
  const placed = (address: string): string | undefined => {
    if (!elsewhere) return resolved(address);
    const vendor = tryResolve(resolved, address);
    return vendor === undefined ? undefined : elsewhere(vendor);
  };
  const own = wireOf(preferred, provider, given ?? (ownBase === undefined ? undefined : resolved(ownBase)));
  if (own.baseUrl === undefined && !provider.start && !provider.connect)
    throw addressMissing(profile, provider, preferred, endpoint);
  const others = chosen
    ? []
    : Object.entries(endpoint.bases).flatMap(([id, base]) => {
        const protocol = parts.protocols.get(id);
        const address = protocol && id !== preferred.id ? placed(base) : undefined;
        return protocol && address !== undefined ? [wireOf(protocol, provider, address)] : [];
      });
  const list = endpoint.modelList;
  const modelList = list === undefined || list === 'none' ? list : placed(list);
  return {
    own,
    all: new Map([own, ...others, ...unaddressed(parts, endpoint, own)].map((wire) => [wire.protocol.id, wire])),
    ...(modelList !== undefined && { modelList }),
  };
}

/** Protocols of which only a connection can say the address. */
function unaddressed({ profile, provider, protocols, chosen }: WireParts, { bases }: ProviderEndpoint, own: BoundWire) {
  if (!provider.connect || chosen || profile.base_url !== undefined) return [];
  return Object.keys(provider.wires ?? {}).flatMap((id) => {
    const protocol = id !== own.protocol.id && bases[id] === undefined ? protocols.get(id) : undefined;
    return protocol ? [wireOf(protocol, provider, undefined)] : [];
  });
}

function preferredProtocol({ provider, protocols, chosen }: WireParts, { bases }: ProviderEndpoint): Protocol {
  if (chosen) return chosen;
  const ids = [provider.protocol, ...Object.keys(bases)];
  const hasAddress = ids.find((id) => bases[id] !== undefined && protocols.has(id));
  const protocol = protocols.get(hasAddress ?? provider.protocol);
  if (protocol) return protocol;
  throw failure(
    'protocol-not-found',
    `provider "${provider.id}" speaks "${provider.protocol}", which no plugin brings`,
    'Install the plugin of that protocol.',
  );
}

function wireOf(protocol: Protocol, { wires }: Provider, baseUrl: string | undefined): BoundWire {
  return { protocol, wire: wires?.[protocol.id] ?? {}, ...(baseUrl !== undefined && { baseUrl }) };
}

/** An option that only the vendor's own address needs must not be missed where that address is not used. */
function tryResolve(resolved: (address: string) => string, address: string): string | undefined {
  try {
    return resolved(address);
  } catch {
    return undefined;
  }
}

/** Moves addresses to the host that a profile names; undefined where its address has another path than the vendor's. */
function mover(from: string | undefined, to: string): (address: string) => string | undefined {
  if (from === undefined || !URL.canParse(from) || !URL.canParse(to)) return () => undefined;
  const [vendor, own] = [new URL(from), new URL(to)];
  if (vendor.pathname !== own.pathname || own.search !== '') return () => undefined;
  return (address) =>
    URL.canParse(address) && new URL(address).origin === vendor.origin
      ? `${own.origin}${address.slice(vendor.origin.length)}`
      : undefined;
}

function addressMissing(profile: Profile, provider: Provider, protocol: Protocol, { bases }: ProviderEndpoint): Error {
  const spoken = Object.keys(bases);
  if (spoken.length === 0)
    return usageError(
      'base-url-missing',
      `profile "${profile.name}" has no base_url, and provider "${provider.id}" brings none`,
      'Add base_url to the profile.',
    );
  return usageError(
    'protocol-not-spoken',
    `profile "${profile.name}" has provider_type "${profile.provider_type}", and ${provider.title} has no address for ${protocol.title}`,
    `It speaks ${spoken.join(', ')}. Leave provider_type out, or add base_url to the profile.`,
  );
}

/** An address as paths are put behind it. */
export function trimSlashes(address: string): string;
export function trimSlashes(address: string | undefined): string | undefined;
export function trimSlashes(address: string | undefined): string | undefined {
  return address?.replace(/\/+$/, '');
}
