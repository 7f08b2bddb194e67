import { isLoopback } from '../config/index.ts';
import type { UpstreamError } from '../http/index.ts';
import type { Problem } from './connectivity.ts';

/** Says what it means that no complete answer came from `origin`. */
export function explainError({ kind, code = '', message }: UpstreamError, origin: string): Problem {
  const { hostname } = new URL(origin);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return {
      code: 'name-unknown',
      reason: `the name ${hostname} cannot be resolved (${code})`,
      remedy: 'Check the spelling of base_url and the connection to the network.',
    };
  if (code === 'ECONNREFUSED')
    return {
      code: 'connection-refused',
      reason: `${origin} refused the connection`,
      remedy: isLoopback(hostname)
        ? 'Nothing listens there: start the server, or correct its address (base_url, or options.host).'
        : 'Check the connection to the network and its proxy variables; base_url may name another address.',
    };
  if (kind === 'refused-redirect')
    return {
      code: 'redirect',
      reason: message,
      remedy: 'Set base_url to the address that it leads to; https:// instead of http:// is the usual reason.',
    };
  if (kind === 'protocol')
    return { code: 'not-http', reason: message, remedy: 'Check the scheme (http or https) and the port of base_url.' };
  if (kind === 'timeout') return { code: 'timeout', reason: message, remedy: REMEDY_OF_SLOWNESS };
  return isAboutCertificate(code) ? certificate(message) : broken(code, message);
}

/** Says that a call took longer than `limitMs`. */
export function tooSlow(origin: string, limitMs: number): Problem {
  return {
    code: 'timeout',
    reason: `${origin} did not answer within ${limitMs / 1000} s`,
    remedy: REMEDY_OF_SLOWNESS,
  };
}

const REMEDY_OF_SLOWNESS =
  'Check base_url and the proxy variables of the network; for a slow server give more time with --timeout.';

/** Codes of certificates that are not accepted, as OpenSSL and Node name them. */
function isAboutCertificate(code: string): boolean {
  return /CERT|^UNABLE_TO_|^HOSTNAME_MISMATCH$|^INVALID_(?:CA|PURPOSE)$/.test(code);
}

function certificate(message: string): Problem {
  return {
    code: 'certificate-refused',
    reason: message,
    remedy: 'Correct the host in base_url, or name the file of its certificate authority in NODE_EXTRA_CA_CERTS.',
  };
}

function broken(code: string, message: string): Problem {
  const isTls = code.startsWith('ERR_SSL') || code === 'EPROTO';
  return {
    code: 'connection-failed',
    reason: message,
    remedy: isTls
      ? 'The server does not speak TLS there: check whether base_url has to begin with http:// or https://.'
      : 'Check base_url and the connection to the network.',
  };
}
