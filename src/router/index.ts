export { AUTO, autoProfile, profileBehind } from './auto-profile.ts';
export { resolveBackupModel } from './backup-model.ts';
export { bindProfile, requireCredential, type BoundProfile } from './bind-profile.ts';
export { composeRequest, type ComposedRequest, type OwnUpstream, type Payload } from './compose-request.ts';
export { describeProfile, type DescribedSlot } from './describe-profile.ts';
export { defaultProfile, splitProfileFromModel } from './default-profile.ts';
export { knowModel, type KnownModel } from './know-model.ts';
export { involvedProfiles, profileToRun } from './profile-to-run.ts';
export { isAnthropic, listedId, resolveModel, type ResolvedModel } from './resolve-model.ts';
