import type { EndpointCall, Operation } from './protocol.ts';
import type { Quirks } from './quirks.ts';

/** Something that only this provider has, which a profile says under `options`. Its value is a text. */
export interface ProviderOption {
  /** What it is, for people, e.g. `region of the account`. */
  readonly meaning: string;
  /** The values it can have, and what each means. Absent: any text of letters, digits, `.`, `_`, `-` and `:`. */
  readonly choices?: { readonly [value: string]: string };
  /**
   * `address`: a base URL. A host alone is taken, too, with the scheme and the port of `default`, and an address that
   * servers listen at everywhere, such as 0.0.0.0, means this machine. `file`: the path of a file, absolute or below `~/`;
   * it never stands in an address.
   */
  readonly kind?: 'address' | 'file';
  /** Absent: without a value, addresses that need one cannot be used. */
  readonly default?: string;
  /** Environment variables that say it where the profile does not; the first that is set wins. */
  readonly variables?: readonly string[];
}

/** Where a provider is reached under certain options. */
export interface ProviderEndpoint {
  /** Options and the values they must have, `*` for any value; absent: it holds for all that no endpoint before it is for. */
  readonly when?: { readonly [option: string]: string };
  /** Base URL by protocol id, without a trailing slash. `{name}` stands for the value of an option. */
  readonly bases: { readonly [protocol: string]: string };
  /** Whole address of the list of models, where it is not below the base URL; `none` where there is no list. */
  readonly modelList?: string;
  /** Whether anybody may see the list, so that it says nothing about a key. Default false. */
  readonly modelListIsPublic?: boolean;
  /** Replace those of the provider. */
  readonly keyVariables?: readonly string[];
  /** Where a key for it is made; replaces that of the provider. */
  readonly keyPage?: string;
  /** Win over the provider's own slots. */
  readonly models?: {
    readonly [slot in 'default' | 'haiku' | 'sonnet' | 'opus' | 'fable' | 'subagent']?: string;
  };
}

/** How a provider deviates in one of the protocols it speaks. */
export interface ProviderWire {
  readonly quirks?: Quirks;
  /** As in `Provider`. */
  readonly headers?: { readonly [header: string]: string };
  /** As in `Provider`. */
  endpoint?(operation: Operation, model: string, call: EndpointCall): string | undefined;
  /** As in `Provider`. */
  authenticate?(credential: string): { [header: string]: string };
}

/** What is known of a request when its headers are written. */
export interface RequestTraits {
  readonly model: string;
  /** Opaque name of the client's session; absent when it names none. */
  readonly session?: string;
  /** Whether the conversation has a picture in it. */
  readonly hasImages: boolean;
  /** Whether it goes on after results of tools, not after a word of the user. */
  readonly followsTools: boolean;
}
