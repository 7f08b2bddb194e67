/** The error code of a connection that took too long to open. */
export const CONNECT_TIMEOUT = 'CLAUDEX_CONNECT_TIMEOUT';
