import { messageOf, systemCodeOf } from '../errors/index.ts';
import { CONNECT_TIMEOUT } from './connect-timeout.ts';
import { UpstreamError } from './upstream-client.ts';

/** How far a call came: to a connection, or to the head of an answer. */
export type Progress = 'asked' | 'answered';

/** Codes of a connection that did not open in time: ours, and the library's where several addresses were tried. */
const SLOW_CONNECTIONS: ReadonlySet<string> = new Set([CONNECT_TIMEOUT, 'UND_ERR_CONNECT_TIMEOUT']);
const CLOSED: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);
/** Codes of certificates that are not accepted, as OpenSSL and Node name them. What the other side refuses begins with ERR_SSL. */
const CERTIFICATE = /^(?!ERR_SSL_).*CERT|^UNABLE_TO_(VERIFY|GET_ISSUER)|^HOSTNAME_MISMATCH$|^INVALID_(CA|PURPOSE)$/;
/** Codes of an answer that is not HTTP. An end in the middle is none of these: that is a connection that broke. */
const NOT_HTTP = /^HPE_(?!INVALID_EOF_STATE)|^UND_ERR_HEADERS_OVERFLOW$/;
/** The other library tells such answers by words only, also one that nobody asked for. */
const NOT_HTTP_WORDS =
  /^Response does not match the HTTP\/1\.1 protocol (?!\(Invalid EOF state\))|^bad (response|upgrade)$/;

/** Before the head is complete, this cannot mean that the body is short. */
const TWO_LENGTHS = 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH';

/**
 * Says what an error of a library means. The caller has told apart already what it caused itself. Nothing but the code
 * of the error is kept: the rest may hold the address with its query, or a part of the answer.
 */
export function explain(error: unknown, address: URL, progress: Progress): UpstreamError {
  if (error instanceof UpstreamError) return error;
  const { origin } = address;
  const code = systemCodeOf(error);
  const message = withoutSecrets(messageOf(error), address);
  const because = code ?? message;
  if (isNotHttp(code ?? '', message, progress))
    return new UpstreamError('protocol', `${origin} does not answer as HTTP asks for (${because})`, { code });
  if (code !== undefined && SLOW_CONNECTIONS.has(code))
    return new UpstreamError('timeout', `${origin} did not accept a connection in time`, { code });
  if (code !== undefined && CERTIFICATE.test(code))
    return new UpstreamError('connection', aboutCertificate(origin, code, message), { code, isPermanent: true });
  return progress === 'asked'
    ? new UpstreamError('connection', `${origin} cannot be reached (${because})`, { code })
    : brokenOff(address, because, code);
}

function isNotHttp(code: string, message: string, progress: Progress): boolean {
  return NOT_HTTP.test(code) || NOT_HTTP_WORDS.test(message) || (progress === 'asked' && code === TWO_LENGTHS);
}

/** The connection ended before the answer did. */
function brokenOff(address: URL, because: string, code: string | undefined): UpstreamError {
  return new UpstreamError('connection', `${address.origin} broke off its answer (${because})`, { code });
}

/** The connection was reset where its end would have been the end of the answer. */
export function wasReset(address: URL): UpstreamError {
  return brokenOff(address, 'ECONNRESET', 'ECONNRESET');
}

/** Whether the other side closed the connection, as opposed to anything else that may go wrong with it. */
export function isClosed(error: unknown): boolean {
  return CLOSED.has(systemCodeOf(error) ?? '');
}

/** The caller of a client has given up. */
export function givenUp(): UpstreamError {
  return new UpstreamError('aborted', 'the caller gave up');
}

/** Whether a status sends the caller elsewhere. 304 does not: it says that what the caller has is still right. */
export function isRedirect(status: number): boolean {
  return status >= 300 && status < 400 && status !== 304;
}

/** What a client says instead of following an answer elsewhere. */
export function refusedRedirect(address: URL, status: number): UpstreamError {
  return new UpstreamError(
    'refused-redirect',
    `${address.origin} answered with a redirect (${status}), which is not followed`,
    { isPermanent: true },
  );
}

function aboutCertificate(origin: string, code: string, message: string): string {
  return (
    `${origin} shows a certificate that is not accepted (${code}: ${message}). ` +
    'If a proxy or a server of your own stands there, name the file with its certificate authority in ' +
    'NODE_EXTRA_CA_CERTS and start again.'
  );
}

/** A query string may hold a key, and the address of a proxy a password. */
function withoutSecrets(message: string, address: URL): string {
  return message.replaceAll(address.href, address.origin).replaceAll(/\/\/[^/@\s]*@/g, '//');
}
