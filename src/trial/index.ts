export { candidateOf, type ProfileScope } from './candidate.ts';
export type { Connectivity, Problem } from './connectivity.ts';
export { openDeepTrials, type DeepTrials } from './deep/open-deep-trials.ts';
export { DEEP_REQUESTS } from './deep/test-deeply.ts';
export { profilesToTest } from './profiles-to-test.ts';
export { testConnectivity } from './test-connectivity.ts';
export { testProfile, type ProfileResult } from './test-profile.ts';
export { testReport, type TestReport } from './test-report.ts';
export { openTrialWay, type TrialWay } from './trial-way.ts';
