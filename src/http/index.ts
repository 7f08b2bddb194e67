export { requestLoopback, type LoopbackRequest, type LoopbackResponse } from './loopback.ts';
export { createUpstreamClient } from './node-fetch-client.ts';
export { readText } from './read-text.ts';
export {
  UpstreamError,
  type HttpLimits,
  type HttpRequest,
  type HttpResponse,
  type UpstreamClient,
  type UpstreamErrorKind,
} from './upstream-client.ts';
