export { startProxy } from './start-proxy.ts';
