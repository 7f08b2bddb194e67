/** The merged configuration: keys as in the files, every default applied, alternative spellings settled. */
export interface Configuration {
  /** The executable that is launched. */
  claude_binary: string;
  proxy_port: number;
  proxy_host: string;
  /** Bearer token of the local proxy; absent: the one created for this install. */
  proxy_token?: string;
  /** Without it a `proxy_host` beyond this machine is refused. */
  proxy_allow_remote: boolean;
  /** Seconds without a request after which the daemon stops; 0 = never. */
  proxy_idle_shutdown_s: number;
  /** Answers that may stream at the same time. */
  proxy_max_streams: number;
  /** Largest request body, in MiB. */
  proxy_max_body_mb: number;
  log_level: LogLevel;
  /** `auto` asks the terminal. */
  hyperlinks: 'auto' | boolean;
  /** Alias → model. */
  model_aliases: Record<string, string>;
  /** Absent: the enabled profile with the lowest `priority`, then file order. */
  default_profile?: string;
  profiles: Profile[];
  router: RouterSettings;
  context: ContextSettings;
  timeouts: Timeouts;
  retry: RetrySettings;
  breaker: BreakerSettings;
  /** Seconds between background probes of the profiles in use; 0 = off. */
  health_interval_s: number;
  history: HistorySettings;
  catalogue: CatalogueSettings;
  sets: { registry?: string };
  update: { host?: string; channel?: string };
  /** Login provider → where an enterprise, self-hosted or test installation lives. */
  oauth: Record<string, OAuthSettings>;
}

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error';

/** The smart router behind the profile word `auto`. An empty text means "not set". */
export interface RouterSettings {
  enabled: boolean;
  /** Profile that classifies. */
  profile: string;
  model: string;
  /** Intent (or `default`) → profile. */
  rules: Record<string, string>;
}

/** What may be added to or taken from a conversation. An empty text means "not set". */
export interface ContextSettings {
  compression: { enabled: boolean; threshold_tokens: number; keep_recent: number; profile: string; model: string };
  /** `max_context_size` in bytes. */
  sharing: { enabled: boolean; max_context_size: number };
  rag: {
    enabled: boolean;
    index_paths: string[];
    profile: string;
    model: string;
    chunk_size: number;
    top_k: number;
  };
}

/** What `explain`, `usage` and `ps` keep. */
export interface HistorySettings {
  days: number;
  /** Whether message text is kept, too. */
  bodies: boolean;
}

/** The public list of models, whoever offers them. */
export interface CatalogueSettings {
  /** Whether it is fetched. */
  refresh: boolean;
  url: string;
}

/** Where one login provider lives. */
export interface OAuthSettings {
  issuer?: string;
  api_base?: string;
  client_id?: string;
}

/** How a profile's provider is spoken to; a protocol plugin may add its own word. */
export type ProviderType = 'DirectAnthropic' | 'OpenAICompatible' | 'OpenAIResponses' | 'GoogleGemini' | (string & {});

/**
 * One entry of `profiles`. `base_url` and `default_model` are there unless `provider` fills them in, or claude is launched
 * without the proxy.
 */
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

/** Time limits in seconds; 0 = off. */
export interface Timeouts {
  connect_s: number;
  first_byte_s: number;
  idle_s: number;
  ping_s: number;
  drain_s: number;
}

/** Retries over the whole failover chain. */
export interface RetrySettings {
  max_attempts: number;
  /** Longest wait a provider may ask for, in seconds. */
  max_wait_s: number;
  /** Share of recent requests that may be retries, 0 to 1. */
  budget: number;
}

/** When a circuit opens and how it recovers; times in seconds. */
export interface BreakerSettings {
  failure_threshold: number;
  /** 0 to 1. */
  failure_ratio: number;
  min_requests: number;
  window_s: number;
  recovery_s: number;
  max_recovery_s: number;
}
