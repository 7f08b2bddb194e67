import type { ErrorShape } from './vendor.ts';

/** OpenAI's, and that of most who speak its protocols. */
export const openaiError: ErrorShape = ({ message, param = null, code = null, type = 'invalid_request_error' }) => ({
  error: { message, type, param, code },
});

/** Anthropic's, and that of those who speak its protocol. */
export const anthropicError: ErrorShape = ({ status, message, type }) => ({
  type: 'error',
  error: { type: type ?? ANTHROPIC_TYPES[status] ?? 'invalid_request_error', message },
  request_id: 'req_011CVendor',
});

const ANTHROPIC_TYPES: { readonly [status: number]: string } = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
};

/** Mistral's: flat, with a number as code. */
export const flatError: ErrorShape = ({ message, param = null, code = null, type = 'invalid_request_error' }) => ({
  object: 'error',
  message,
  type,
  param,
  code,
});

/** xAI's: the code is a sentence, and the error a text. */
export const sentenceError: ErrorShape = ({ message, code = 'Client specified an invalid argument' }) => ({
  code,
  error: message,
});

/** Z.ai's: numbers in a text. */
export const codedError: ErrorShape = ({ message, code = '1210' }) => ({ error: { code, message } });

/** MiniMax's: beside an error of the protocol there is a table of its own. */
export const baseError: ErrorShape = ({ status, message, code = '2013' }) => ({
  type: 'error',
  error: { type: status === 401 ? 'authorized_error' : 'bad_request_error', message, http_code: String(status) },
  base_resp: { status_code: Number(code), status_msg: message },
});

/** OpenRouter's: a number as code, the vendor behind it in the metadata. */
export const routedError: ErrorShape = ({ status, message }) => ({
  error: { message, code: status, ...(status === 400 && { metadata: { provider_name: 'Fake', raw: message } }) },
});

/** Google's. */
export const googleError: ErrorShape = ({ status, message, code }) => ({
  error: { code: status, message, status: code ?? GOOGLE_WORDS[status] ?? 'INVALID_ARGUMENT' },
});

const GOOGLE_WORDS: { readonly [status: number]: string } = {
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
};

/** That of ChatGPT's own back end. */
export const detailError: ErrorShape = ({ message }) => ({ detail: message });

/** Ollama's on its own paths, and that of other small servers. */
export const textError: ErrorShape = ({ message }) => ({ error: message });
