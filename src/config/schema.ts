import type { Configuration, Profile } from './configuration.ts';
import { anything, flag, integer, optionalText, overrides, seconds, share, table, text, texts } from './kinds.ts';
import type { Entry, Keys, Kind } from './kinds.ts';
import {
  authority,
  authType,
  headerName,
  headerToken,
  headerValue,
  hyperlinks,
  loginProvider,
  profileName,
  providerKey,
  stripParams,
  variableName,
  variableOfKey,
  webAddress,
} from './spellings.ts';

/** `[timeouts]`, and as overrides `[profiles.timeouts]`. */
export const timeoutKeys: Keys = {
  connect_s: { kind: seconds, default: 10, meaning: 'until a provider accepts the connection' },
  first_byte_s: { kind: seconds, default: 120, meaning: 'until its answer begins' },
  idle_s: { kind: seconds, default: 300, meaning: 'between two pieces of its answer' },
  ping_s: { kind: seconds, default: 15, meaning: 'between signs of life to the client' },
  drain_s: { kind: seconds, default: 30, meaning: 'for running answers when the proxy stops' },
};

/** `[breaker]`, and as overrides `[profiles.breaker]`. */
export const breakerKeys: Keys = {
  failure_threshold: { kind: integer(1), default: 3, meaning: 'failures in a row that open it' },
  failure_ratio: { kind: share, default: 0.5, meaning: 'share of failed requests that opens it, 0 = off' },
  min_requests: { kind: integer(1), default: 10, meaning: 'requests before the share counts' },
  window_s: { kind: seconds, default: 60, meaning: 'how far back requests count' },
  recovery_s: { kind: seconds, default: 30, meaning: 'first time it stays open' },
  max_recovery_s: { kind: seconds, default: 300, meaning: 'longest time it stays open' },
};

const modelKeys: Keys = {
  haiku: { kind: text, meaning: 'model of the small slot' },
  sonnet: { kind: text, meaning: 'model of the middle slot' },
  opus: { kind: text, meaning: 'model of the large slot' },
  fable: { kind: text, meaning: 'model of the fourth slot; absent: that of opus' },
  subagent: { kind: text, meaning: 'model of sub-agents' },
};

const headers: Kind = {
  type: 'dictionary',
  of: headerValue,
  keyPattern: headerName.pattern,
  keyExpected: headerName.expected,
};

/** The keys of one entry of `profiles`. */
export const profileKeys: Readonly<Record<keyof Profile, Entry>> = {
  name: { kind: profileName, meaning: 'how you call it' },
  provider: { kind: text, meaning: 'provider of a plugin; fills in what is not given here' },
  provider_type: { kind: text, meaning: 'DirectAnthropic, OpenAICompatible, OpenAIResponses or GoogleGemini' },
  base_url: { kind: webAddress, meaning: 'where the provider is' },
  api_key: { kind: providerKey, meaning: 'the key itself; better use one of the next two' },
  api_key_env: { kind: variableOfKey, meaning: 'environment variable that holds the key' },
  api_key_keyring: { kind: text, meaning: 'entry of the system keyring that holds the key' },
  default_model: { kind: text, meaning: 'model for requests that name none' },
  models: { kind: table(modelKeys), default: {}, meaning: 'models of the slots' },
  backup_providers: { kind: { type: 'list', of: profileName }, default: [], meaning: 'profiles to fail over to' },
  backup_models: { kind: texts(), default: {}, meaning: 'backup profile = model to use there' },
  custom_headers: { kind: headers, default: {}, meaning: 'headers of every request' },
  extra_env: { kind: texts(variableName), default: {}, meaning: 'environment of the launched claude' },
  priority: { kind: integer(0), default: 100, meaning: 'the lowest wins where one must be chosen' },
  enabled: { kind: flag, default: true, meaning: 'false switches the profile off' },
  auth_type: { kind: authType, default: 'api-key', meaning: 'api-key or oauth' },
  oauth_provider: { kind: loginProvider, meaning: 'claude, chatgpt, google, qwen, kimi, github or gitlab' },
  max_tokens: { kind: integer(1), meaning: 'upper limit of max_tokens' },
  strip_params: { kind: stripParams, default: 'auto', meaning: 'parameters the provider does not take' },
  query_params: { kind: texts(), default: {}, meaning: 'query of every request' },
  timeouts: { kind: table(overrides(timeoutKeys)), meaning: 'time limits of this profile, in seconds' },
  breaker: { kind: table(overrides(breakerKeys)), meaning: 'when this profile is left alone' },
  quirks: { kind: anything, meaning: 'overrides of single provider quirks' },
  options: { kind: anything, meaning: 'what only this provider has' },
  context_window: { kind: integer(1), meaning: 'tokens the model takes' },
  max_output_tokens: { kind: integer(1), meaning: 'tokens the model answers with at most' },
  effort: { kind: text, meaning: 'how much the model thinks' },
};

const routerKeys: Keys = {
  enabled: { kind: flag, default: false, meaning: 'let a model choose the profile for requests to "auto"' },
  profile: { kind: optionalText, default: '', meaning: 'profile that classifies' },
  model: { kind: optionalText, default: '', meaning: 'model that classifies; empty: its default model' },
  rules: {
    kind: texts(),
    default: {},
    meaning: 'intent (code, analysis, creative, search, math, default) = profile',
  },
};

const compressionKeys: Keys = {
  enabled: { kind: flag, default: false, meaning: 'summarise the old part of long conversations' },
  threshold_tokens: { kind: integer(1), default: 50_000, meaning: 'estimated tokens from which on it is done' },
  keep_recent: { kind: integer(0), default: 10, meaning: 'last messages that are kept as they are' },
  profile: { kind: optionalText, default: '', meaning: 'profile that summarises' },
  model: { kind: optionalText, default: '', meaning: 'model that summarises; empty: its default model' },
};

const sharingKeys: Keys = {
  enabled: { kind: flag, default: false, meaning: 'tell a profile what others answered' },
  max_context_size: { kind: integer(0), default: 2000, meaning: 'bytes of such text per request' },
};

const ragKeys: Keys = {
  enabled: { kind: flag, default: false, meaning: 'add fitting pieces of your files' },
  index_paths: { kind: { type: 'list', of: text }, default: [], meaning: 'files and folders that are indexed' },
  profile: { kind: optionalText, default: '', meaning: 'profile that computes embeddings' },
  model: { kind: optionalText, default: '', meaning: 'embedding model' },
  chunk_size: { kind: integer(1), default: 512, meaning: 'size of a piece, in tokens' },
  top_k: { kind: integer(1), default: 5, meaning: 'pieces added per request' },
};

const contextKeys: Keys = {
  compression: { kind: table(compressionKeys), default: {}, meaning: 'shorten long conversations' },
  sharing: { kind: table(sharingKeys), default: {}, meaning: 'share context between profiles' },
  rag: { kind: table(ragKeys), default: {}, meaning: 'look up your files' },
};

export const retryKeys: Keys = {
  max_attempts: { kind: integer(1, 100), default: 3, meaning: 'provider calls per request, all profiles together' },
  max_wait_s: {
    kind: seconds,
    default: 10,
    meaning: 'longest time a request waits, all its waits together, in seconds',
  },
  budget: { kind: share, default: 0.2, meaning: 'share of recent requests that may be retries' },
};

export const historyKeys: Keys = {
  days: { kind: integer(0, 36_500), default: 30, meaning: 'how long figures are kept' },
  bodies: { kind: flag, default: false, meaning: 'keep message text, too' },
};

const catalogueKeys: Keys = {
  refresh: { kind: flag, default: false, meaning: 'fetch it once a day' },
  url: { kind: webAddress, default: 'https://models.dev/api.json', meaning: 'where it is' },
};

const oauthKeys: Keys = {
  issuer: { kind: webAddress, meaning: 'where the login takes place' },
  api_base: { kind: webAddress, meaning: 'where its tokens are used' },
  client_id: { kind: text, meaning: 'registered application' },
};

/** Every top-level key. Checks, defaults, environment variables, templates and documents follow from this table. */
export const topLevelKeys: Readonly<Record<keyof Configuration, Entry>> = {
  claude_binary: { kind: text, default: 'claude', meaning: 'executable that is launched' },
  proxy_port: { kind: integer(1, 65_535), default: 13_456, meaning: 'port of the local proxy' },
  proxy_host: { kind: authority, default: '127.0.0.1', meaning: 'address the local proxy listens on' },
  proxy_token: { kind: headerToken, meaning: 'bearer token of the local proxy' },
  proxy_allow_remote: { kind: flag, default: false, meaning: 'permit a proxy_host beyond this machine' },
  proxy_idle_shutdown_s: { kind: seconds, default: 0, meaning: 'stop the proxy after so long without requests' },
  proxy_max_streams: { kind: integer(1, 1_000_000), default: 1024, meaning: 'answers at the same time' },
  proxy_max_body_mb: { kind: integer(1, 1024), default: 32, meaning: 'largest request body, in MiB' },
  log_level: {
    kind: { type: 'text', oneOf: ['trace', 'debug', 'info', 'warn', 'error'] },
    default: 'info',
    meaning: 'how much the proxy logs',
    untrusted: true,
  },
  hyperlinks: { kind: hyperlinks, default: 'auto', meaning: 'clickable links in the terminal', untrusted: true },
  model_aliases: { kind: texts(), default: {}, meaning: 'short name = model', untrusted: true },
  default_profile: { kind: profileName, meaning: 'profile for requests that name none', untrusted: true },
  profiles: {
    kind: { type: 'list', of: table(profileKeys), mergeBy: 'name' },
    default: [],
    meaning: 'the providers you use',
  },
  router: { kind: table(routerKeys), default: {}, meaning: 'the smart router', untrusted: true },
  context: { kind: table(contextKeys), default: {}, meaning: 'what is added to a conversation', untrusted: true },
  timeouts: { kind: table(timeoutKeys), default: {}, meaning: 'time limits, in seconds', untrusted: true },
  retry: { kind: table(retryKeys), default: {}, meaning: 'retries', untrusted: true },
  breaker: { kind: table(breakerKeys), default: {}, meaning: 'when a failing provider is left alone', untrusted: true },
  health_interval_s: { kind: seconds, default: 30, meaning: 'time between background probes; 0 = off' },
  history: { kind: table(historyKeys), default: {}, meaning: 'what is remembered about requests' },
  catalogue: { kind: table(catalogueKeys), default: {}, meaning: 'the public list of models' },
  sets: { kind: table({ registry: { kind: text, meaning: 'index of sets' } }), default: {}, meaning: 'sets' },
  update: {
    kind: table({
      host: { kind: text, meaning: 'where updates come from' },
      channel: { kind: text, meaning: 'which updates' },
    }),
    default: {},
    meaning: 'updates',
  },
  oauth: {
    kind: {
      type: 'dictionary',
      of: table(oauthKeys),
      keyPattern: /\S/,
      keyExpected: 'the name of a login provider',
    },
    default: {},
    meaning: 'installations of a login provider',
  },
};

/** The whole document as one kind. */
export const documentKind: Extract<Kind, { type: 'table' }> = table(topLevelKeys);
