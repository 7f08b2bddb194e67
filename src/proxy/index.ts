export { SseReader } from './answer/sse-reader.ts';
export { composeRequest } from './prepare/compose-request.ts';
export { strippedParameters } from './prepare/profile-limits.ts';
export { startProxy } from './start-proxy.ts';
export { StartedUpstreams } from './started-upstreams.ts';
