import { anything, flag, integer, optionalText, overrides, table, text, texts } from './kinds.ts';
import type { Entry, Keys, Kind } from './kinds.ts';
import { breakerKeys, timeoutKeys } from './limits-schema.ts';
import type { Profile } from './profile.ts';
import { authType, headerValue, loginProvider, profileName, stripParams, webAddress } from './spellings.ts';

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
  keyPattern: /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/,
  keyExpected: 'the name of a header',
};

const variableName = { pattern: /^[A-Za-z_][A-Za-z0-9_]*$/, expected: 'the name of an environment variable' };

/** The keys of one entry of `profiles`. */
export const profileKeys: Readonly<Record<keyof Profile, Entry>> = {
  name: { kind: profileName, meaning: 'how you call it' },
  provider: { kind: text, meaning: 'provider of a plugin; fills in what is not given here' },
  provider_type: { kind: text, meaning: 'DirectAnthropic, OpenAICompatible or OpenAIResponses' },
  base_url: { kind: webAddress, meaning: 'where the provider is' },
  api_key: { kind: optionalText, secret: true, meaning: 'the key itself; better use one of the next two' },
  api_key_env: { kind: { type: 'text', ...variableName }, meaning: 'environment variable that holds the key' },
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
