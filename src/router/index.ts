export { bindProfile, requireCredential, type BoundProfile, type Descriptors } from './bind-profile.ts';
export type { BoundCredential, CredentialSource } from './credential.ts';
export { defaultProfile, splitProfileFromModel } from './default-profile.ts';
export { launchesWithoutProxy } from './own-login.ts';
export { isAnthropic, listedId, resolveModel, type ModelReason, type ResolvedModel } from './resolve-model.ts';
