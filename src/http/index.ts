export { requestLoopback, type LoopbackResponse } from './loopback.ts';
export { createUpstreamClient } from './node-fetch-client.ts';
export {
  UpstreamError,
  type HttpLimits,
  type HttpRequest,
  type HttpResponse,
  type UpstreamClient,
} from './upstream-client.ts';
