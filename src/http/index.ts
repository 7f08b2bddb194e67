export { createExchangeClient } from './exchange-client.ts';
export { requestLoopback, type LoopbackResponse } from './loopback.ts';
export { createNodeFetchClient } from './node-fetch-client.ts';
export { proxySecrets } from './proxy-secrets.ts';
export {
  UpstreamError,
  type HttpLimits,
  type HttpRequest,
  type HttpResponse,
  type UpstreamClient,
} from './upstream-client.ts';
