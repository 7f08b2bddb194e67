export type {
  Configuration,
  ContextSettings,
  HistorySettings,
  LogLevel,
  OAuthSettings,
  RouterSettings,
} from './configuration.ts';
export { findProjectFile } from './discover.ts';
export { isKnownConfigurationVariable, withoutConfigurationVariables } from './environment.ts';
export type { ConfigurationSources, JsonLike, Layer, LayerOrigin, LoadedConfiguration, Table } from './layers.ts';
export type { BreakerSettings, RetrySettings, Timeouts } from './limits.ts';
export { loadConfiguration } from './load.ts';
export type { Profile, ProfileModels, ProviderType } from './profile.ts';
export { isCredentialHeader, maskedConfiguration, maskedProfile, maskSecret, secretsOf } from './secrets.ts';
export { isTrusted, recordTrust } from './trust.ts';
export { reviewProjectFile, type ProjectFileReview } from './review.ts';
