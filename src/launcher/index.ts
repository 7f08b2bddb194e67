export { buildEnvironment, type LaunchSettings } from './build-environment.ts';
export { describeLaunch, shellLines, type LaunchDescription, type PlannedLaunch } from './describe-launch.ts';
export { findClaude } from './find-claude.ts';
export { subscriptionProfile, type LaunchProfile } from './launch-profile.ts';
export { runThroughProxy, runWithoutProxy } from './run-session.ts';
export { keyVariables, sessionKeys, type KeyOwner } from './session-keys.ts';
export { claudeArgumentsOf, guardClaudeArguments, splitRunArguments, type RunArguments } from './split-arguments.ts';
