export { resolveBackupModel } from './backup-model.ts';
export { bindProfile, requireCredential, type BoundProfile } from './bind-profile.ts';
export { defaultProfile, splitProfileFromModel } from './default-profile.ts';
export { knowModel, type KnownModel } from './know-model.ts';
export { launchesWithoutProxy } from './own-login.ts';
export { isAnthropic, listedId, resolveModel, type ResolvedModel } from './resolve-model.ts';
