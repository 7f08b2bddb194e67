import { isJsonObject } from '../../index.ts';
import { hasEntries, parseJson, textOf } from '../values.ts';

/** What an error body says, whatever its shape. */
export interface ErrorDetails {
  readonly message?: string;
  /** The provider's own code; numbers are kept as text. */
  readonly code?: string;
  readonly type?: string;
  /** The part of the request that the provider objects to, in its own spelling, e.g. `tools[0].parameters`. */
  readonly param?: string;
  /** An HTTP status named inside the body. */
  readonly status?: number;
  /** How long to wait, in milliseconds, where the body says so. */
  readonly retryAfterMs?: number;
  /** Tokens of the prompt and tokens the model takes, where the body has them as fields. */
  readonly promptTokens?: number;
  readonly maximumTokens?: number;
}

type Fields = { readonly [field: string]: unknown };

/** Reads an error body of any known shape; `undefined` when the value is none of them. */
export function readErrorBody(value: unknown): ErrorDetails | undefined {
  // Gemini wraps the error of a stream in a list.
  const body: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof body === 'string') return spoken(body) === undefined ? undefined : { message: body };
  if (!isJsonObject(body)) return undefined;
  const { error, base_resp: baseResponse } = body;
  if (isJsonObject(error)) return isJsonObject(error['error']) ? fromFields(error['error']) : fromFields(error);
  // xAI and Ollama: the text itself, with the code beside it.
  const text = spoken(error);
  if (text !== undefined) return { ...fromFields(body), message: text };
  // MiniMax, often under HTTP 200.
  if (isJsonObject(baseResponse) && baseResponse['status_code'] !== 0 && baseResponse['status_code'] !== undefined) {
    return fromFields({ code: baseResponse['status_code'], message: baseResponse['status_msg'] });
  }
  if (hasEntries(body['errors'])) return readErrorBody(body['errors']);
  // Mistral, FastAPI, Z.ai and others: flat.
  const looksLikeError = body['message'] !== undefined || body['msg'] !== undefined || body['detail'] !== undefined;
  return looksLikeError ? fromFields(body) : undefined;
}

function fromFields(fields: Fields): ErrorDetails {
  const details: { -readonly [Key in keyof ErrorDetails]: ErrorDetails[Key] } = {};
  const message = messageOf(fields);
  if (message !== undefined) details.message = message;
  const code = wordOf(fields['code']) ?? wordOf(fields['status']);
  if (code !== undefined) details.code = code;
  const type = textOf(fields['type']);
  if (type !== undefined) details.type = type;
  const param = textOf(fields['param']);
  if (param !== undefined) details.param = param;
  const status = [fields['code'], fields['status'], fields['status_code']]
    .map(statusOf)
    .find((found) => found !== undefined);
  if (status !== undefined) details.status = status;
  const wait = retryDelay(fields['details']) ?? untilReset(fields['resets_in_seconds']);
  if (wait !== undefined) details.retryAfterMs = wait;
  // llama.cpp
  const { n_prompt_tokens: promptTokens, n_ctx: maximumTokens } = fields;
  if (typeof promptTokens === 'number') details.promptTokens = promptTokens;
  if (typeof maximumTokens === 'number') details.maximumTokens = maximumTokens;
  return details;
}

function messageOf(fields: Fields): string | undefined {
  const message = sentence(fields['message']) ?? sentence(fields['msg']) ?? sentence(fields['detail']);
  const inner = upstreamMessage(fields['metadata']);
  if (inner === undefined || message?.includes(inner) === true) return message;
  return message === undefined ? inner : `${message}: ${inner}`;
}

/** OpenRouter says "Provider returned error" and keeps what the provider said, often as JSON, in a string. */
function upstreamMessage(metadata: unknown): string | undefined {
  const raw = isJsonObject(metadata) ? spoken(metadata['raw']) : undefined;
  return raw === undefined ? undefined : (readErrorBody(parseJson(raw))?.message ?? raw);
}

/** A string with more in it than white space. */
function spoken(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Text, a nested message, or FastAPI's list of complaints. */
function sentence(value: unknown): string | undefined {
  if (typeof value === 'string') return spoken(value);
  if (isJsonObject(value)) return sentence(value['message'] ?? value['msg'] ?? value['detail']);
  if (!Array.isArray(value)) return undefined;
  const complaints = value.map((entry: unknown) => complaint(entry)).filter((entry) => entry !== undefined);
  return complaints.length === 0 ? undefined : complaints.join('; ');
}

function complaint(entry: unknown): string | undefined {
  if (!isJsonObject(entry)) return spoken(entry);
  const text = spoken(entry['msg']) ?? spoken(entry['message']);
  const place = Array.isArray(entry['loc']) ? entry['loc'].map(String).join('.') : '';
  return text === undefined || place === '' ? text : `${place}: ${text}`;
}

function wordOf(value: unknown): string | undefined {
  return typeof value === 'number' ? String(value) : textOf(value);
}

function statusOf(value: unknown): number | undefined {
  const status = typeof value === 'string' ? Number(value) : value;
  return typeof status === 'number' && Number.isInteger(status) && status >= 400 && status <= 599 ? status : undefined;
}

/** How long a plan of ChatGPT stays used up. */
function untilReset(seconds: unknown): number | undefined {
  return typeof seconds === 'number' && seconds >= 0 && Number.isFinite(seconds)
    ? Math.round(seconds * 1000)
    : undefined;
}

/** Google's RetryInfo, e.g. `{"retryDelay":"37s"}`. */
function retryDelay(details: unknown): number | undefined {
  if (!Array.isArray(details)) return undefined;
  for (const entry of details as unknown[]) {
    const delay = isJsonObject(entry) ? textOf(entry['retryDelay']) : undefined;
    const seconds = delay?.endsWith('s') === true ? Number(delay.slice(0, -1)) : Number.NaN;
    if (Number.isFinite(seconds) && seconds >= 0) return Math.round(seconds * 1000);
  }
  return undefined;
}
