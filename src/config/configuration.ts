import type { BreakerSettings, RetrySettings, Timeouts } from './limits.ts';
import type { Profile } from './profile.ts';

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

/** Where one login provider lives. */
export interface OAuthSettings {
  issuer?: string;
  api_base?: string;
  client_id?: string;
}
