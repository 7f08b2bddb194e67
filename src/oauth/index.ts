export { ConnectError, type ConnectErrorKind } from './connect-error.ts';
export { Connections, type ConnectionsOptions } from './connections.ts';
