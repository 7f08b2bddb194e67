import type { ConnectIo, Connection } from './connection.ts';
import type { DescribeIo, LocalServer } from './local-server.ts';
import type { ModelFacts } from './model-facts.ts';
import type { EndpointCall, Operation } from './protocol.ts';
import type { ProviderEndpoint, ProviderOption, ProviderWire, RequestTraits } from './provider-endpoint.ts';
import type { Quirks } from './quirks.ts';

/** Which model serves which of Claude Code's slots. An absent slot falls back to `default`. */
export interface ModelSlots {
  /** Empty where only the provider's list can say it; the model is then found when a profile needs one. */
  readonly default: string;
  readonly haiku?: string;
  readonly sonnet?: string;
  readonly opus?: string;
  readonly fable?: string;
  readonly subagent?: string;
}

/** An upstream that a provider runs itself. */
export interface StartedUpstream {
  /** Where it listens, without a trailing slash. */
  readonly baseUrl: string;
  /** What it wants to be shown; handed to `authenticate`. */
  readonly credential: string;
  stop(): Promise<void>;
}

/** What a provider that brings its own upstream is handed. */
export interface ProviderIo {
  /** Aborted when the proxy shuts down. */
  readonly signal: AbortSignal;
  /** One line for the proxy's log. */
  log(message: string): void;
}

/** A vendor's endpoint: where it is, how to authenticate, how it deviates. Mostly data. */
export interface Provider {
  readonly specVersion: 1;
  /** Lower-case kebab, what a profile's `provider` key names. */
  readonly id: string;
  readonly title: string;
  /** Id of the protocol that is used unless a profile or a model asks for another. */
  readonly protocol: string;
  /** Without a trailing slash. Absent when `endpoints` has it, `start` brings it or the profile must give it. */
  readonly baseUrl?: string;
  /** Addresses by protocol, region and plan, in the order in which they are tried. Absent: `baseUrl` is the only one. */
  readonly endpoints?: readonly ProviderEndpoint[];
  /** How the provider deviates in one of its protocols, by the protocol's id; wins over the provider's own entries. */
  readonly wires?: { readonly [protocol: string]: ProviderWire };
  /** What a profile may say under `options`, by name. */
  readonly options?: { readonly [name: string]: ProviderOption };
  /** Environment variables in which users conventionally keep the key, first match wins. */
  readonly keyVariables?: readonly string[];
  /** False when no credential is needed. Default true. */
  readonly needsCredential?: boolean;
  readonly models: ModelSlots;
  /**
   * Id of the protocol by which a model is reached of which `knownModels` says none, e.g. by how its name begins. Undefined:
   * the one that is preferred. Only protocols that the endpoint has count.
   */
  protocolOf?(model: string): string | undefined;
  /** Sizes of its models, so that the client compacts in time and asks for no more output than there can be. */
  readonly knownModels?: readonly ModelFacts[];
  /**
   * Ids under which models.dev lists what it offers, the one that counts first. Where the public list is fetched, what it
   * says wins over `knownModels`; an id that it does not know costs nothing.
   */
  readonly publicLists?: readonly string[];
  readonly quirks?: Quirks;
  /** Path below the base URL; replaces the protocol's own. Undefined: the protocol's own. */
  endpoint?(operation: Operation, model: string, call: EndpointCall): string | undefined;
  /** Headers that carry the credential, lower-case names; replaces the protocol's own. */
  authenticate?(credential: string): { [header: string]: string };
  /**
   * Headers every request carries, lower-case names. They win over the protocol's, and a credential wins over both. `{name}`
   * stands for the value of an option; without one the header is left out.
   */
  readonly headers?: { readonly [header: string]: string };
  /** Headers that depend on the request, lower-case names. They win over `headers`. */
  requestHeaders?(traits: RequestTraits): { [header: string]: string };
  /** A server on this machine: slow first bytes are normal there. Default false. */
  readonly local?: boolean;
  /** For a server that people run themselves: `claudex run local` looks for it at the provider's address. */
  readonly localServer?: LocalServer;
  /**
   * Says more of the models in the provider's list than stands there, e.g. the window with which each is loaded. What it
   * returns takes the place of the list, so that models that cannot chat may be left out. Called after each fetch of the
   * list and given two seconds; when it fails or is late the list counts as it is.
   */
  describeModels?(io: DescribeIo): Promise<readonly ModelFacts[]>;
  /**
   * For a provider that brings its own upstream. Called once per proxy process, on the first request.
   * Must listen on a free loopback port and refuse requests without the credential it returns.
   */
  start?(io: ProviderIo): Promise<StartedUpstream>;
  /**
   * For a provider whose credential must first be exchanged for another, or that has one without a key. Called before
   * the first request, again shortly before `expiresAt`, and once after the provider refused what it gave. Rejects with
   * a message for the user. The error's own `status`, else that of the last answer to `io.fetch`, says what it means: with
   * 400, 401, 403 or without any answer the credential is to blame, else the vendor.
   */
  connect?(io: ConnectIo): Promise<Connection>;
  /** Where a key is made. */
  readonly keyPage?: string;
  /** The vendor's policy on this use, in one honest line, where there is something to know. */
  readonly policy?: string;
  /** What does not work although one would expect it, one sentence each. */
  readonly knownGaps?: readonly string[];
}

/** Returns its argument: a place for the type checker to look. */
export function defineProvider(provider: Provider): Provider {
  return provider;
}
