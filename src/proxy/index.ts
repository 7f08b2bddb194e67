export { SseReader } from './answer/sse-reader.ts';
export { strippedParameters } from './prepare/profile-limits.ts';
export { requestHeaders } from './prepare/request-headers.ts';
export { ProviderReach } from './provider-reach.ts';
export { startProxy } from './start-proxy.ts';
