export { completeProfile, defaultConfiguration } from './complete.ts';
export type {
  BreakerSettings,
  Configuration,
  ContextSettings,
  HistorySettings,
  LogLevel,
  OAuthSettings,
  Profile,
  ProfileModels,
  ProviderType,
  RetrySettings,
  RouterSettings,
  Timeouts,
} from './configuration.ts';
export { findProjectFile } from './discover.ts';
export { isKnownConfigurationVariable, withoutConfigurationVariables } from './environment.ts';
export { bareHost, isLoopback } from './hosts.ts';
export type { ConfigurationSources, Layer, LayerOrigin, LoadedConfiguration } from './layers.ts';
export { loadConfiguration } from './load.ts';
export { nearest } from './nearest.ts';
export { reviewProjectFile, type ProjectFileReview } from './review.ts';
export { BUILT_IN_NAMES } from './rules.ts';
export { namesSecret } from './secret-names.ts';
export { holdsSecret, MASK, masked, secretsOf } from './secrets.ts';
export { printable, type JsonLike, type Table } from './tables.ts';
export { isTrusted, recordTrust } from './trust.ts';
