export { startProxy, type ProxyOptions, type RunningProxy } from './start-proxy.ts';
