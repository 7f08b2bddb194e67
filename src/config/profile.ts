import type { BreakerSettings, Timeouts } from './limits.ts';

/** How a profile's provider is spoken to; a protocol plugin may add its own word. */
export type ProviderType = 'DirectAnthropic' | 'OpenAICompatible' | 'OpenAIResponses' | (string & {});

/** One entry of `profiles`. `base_url` and `default_model` are there unless `provider` fills them in. */
export interface Profile {
  name: string;
  /** Id of a provider from a plugin. */
  provider?: string;
  /** `DirectAnthropic` unless given or left to `provider`. */
  provider_type?: ProviderType;
  /** Without a trailing slash. */
  base_url?: string;
  api_key?: string;
  /** Name of the environment variable that holds the key. */
  api_key_env?: string;
  api_key_keyring?: string;
  default_model?: string;
  models: ProfileModels;
  /** Failover order. */
  backup_providers: string[];
  /** Backup profile → model to use there. */
  backup_models: Record<string, string>;
  custom_headers: Record<string, string>;
  /** Added to the environment of the launched claude. */
  extra_env: Record<string, string>;
  /** The lowest wins where a profile must be chosen. */
  priority: number;
  enabled: boolean;
  auth_type: 'api-key' | 'oauth';
  oauth_provider?: string;
  /** Upper limit of a request's `max_tokens`. */
  max_tokens?: number;
  /** Top-level keys removed from the translated body. */
  strip_params: 'auto' | 'none' | string[];
  query_params: Record<string, string>;
  timeouts?: Partial<Timeouts>;
  breaker?: Partial<BreakerSettings>;
  /** Overrides of single provider quirks. */
  quirks?: Record<string, unknown>;
  /** What only this provider has. */
  options?: Record<string, unknown>;
  context_window?: number;
  max_output_tokens?: number;
  effort?: string;
}

/** Which model serves which of the client's slots. An absent slot falls back to `default_model`. */
export interface ProfileModels {
  haiku?: string;
  sonnet?: string;
  opus?: string;
  fable?: string;
  subagent?: string;
}
