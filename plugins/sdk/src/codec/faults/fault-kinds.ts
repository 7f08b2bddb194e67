import { faultKindOfStatus, type FaultKind } from '../../index.ts';
import type { ErrorDetails } from './error-body.ts';

/** Codes and types that say more than a status, in lower case. */
const KINDS_BY_WORD: { readonly [word: string]: FaultKind } = {
  rate_limit_exceeded: 'rate-limit',
  rate_limit_error: 'rate-limit',
  ratelimitreached: 'rate-limit',
  usage_limit_reached: 'rate-limit',
  'throttling.ratequota': 'rate-limit',
  resource_exhausted: 'rate-limit',
  tokens: 'rate-limit',
  '1302': 'rate-limit',
  '1305': 'rate-limit',
  '1002': 'rate-limit',
  overloaded_error: 'overloaded',
  engine_overloaded_error: 'overloaded',
  server_is_overloaded: 'overloaded',
  slow_down: 'overloaded',
  subscription_sharing_usage_unavailable: 'overloaded',
  unavailable: 'overloaded',
  invalid_api_key: 'authentication',
  authentication_error: 'authentication',
  unauthenticated: 'authentication',
  '1004': 'authentication',
  permission_error: 'permission',
  permission_denied: 'permission',
  subscription_sharing_user_not_eligible: 'permission',
  subscription_sharing_route_not_supported: 'permission',
  subscription_sharing_unsupported_capability: 'permission',
  access_terminated_error: 'permission',
  model_not_found: 'not-found',
  not_found_error: 'not-found',
  not_found: 'not-found',
  '1211': 'not-found',
  request_too_large: 'too-large',
  invalid_request_error: 'invalid-request',
  invalid_parameter_error: 'invalid-request',
  invalid_argument: 'invalid-request',
  tool_use_failed: 'invalid-request',
  content_filter: 'invalid-request',
  '2013': 'invalid-request',
  timeout: 'timeout',
  timeout_error: 'timeout',
  deadline_exceeded: 'timeout',
  api_error: 'server',
  server_error: 'server',
  internal_error: 'server',
  internal: 'server',
};

const BILLING_WORDS: ReadonlySet<string> = new Set([
  'insufficient_quota',
  'exceeded_current_quota_error',
  'billing_hard_limit_reached',
  'billing_error',
  // ChatGPT's plans.
  'subscription_sharing_usage_limit_exceeded',
  'usage_not_included',
  'throttling.allocationquota',
  '1113',
  '1008',
]);

const BILLING_TEXT =
  /exceeded your current quota|credit balance is too low|insufficient (?:balance|credits|funds)|in arrears/i;
const WRONG_KEY_TEXT = /(?:incorrect|invalid) api key/i;
const RATE_TEXT = /rate.?limit|too many requests/i;
const OVERLOAD_TEXT = /overloaded|at capacity|loading model/i;

/** Statuses that are used for many things, so that codes and wording say more. */
const VAGUE_STATUSES: ReadonlySet<number> = new Set([400, 413, 422]);

/** What kind of failure an error body tells of. `status` is absent for one inside a success. */
export function faultKind(details: ErrorDetails, status: number | undefined): FaultKind {
  const words = [details.code, details.type].filter((word) => word !== undefined).map((word) => word.toLowerCase());
  if (isBilling(details, words, status)) return 'billing';
  if (status !== undefined && !VAGUE_STATUSES.has(status)) return specificKind(words, status);
  return kindOfWords(words, details.message ?? '') ?? faultKindOfStatus(status ?? 500);
}

/** A 429 or 5xx may hide that the server is merely busy; every other status of its own means what it says. */
function specificKind(words: readonly string[], status: number): FaultKind {
  const kind = faultKindOfStatus(status);
  const busy = words.some((word) => KINDS_BY_WORD[word] === 'overloaded');
  return busy && (status === 429 || status >= 500) ? 'overloaded' : kind;
}

function isBilling(details: ErrorDetails, words: readonly string[], status: number | undefined): boolean {
  if (status === 402 || words.some((word) => BILLING_WORDS.has(word))) return true;
  // Gemini uses the same sentence for a limit that passes, and says when.
  const passes = details.retryAfterMs !== undefined || words.includes('resource_exhausted');
  return !passes && BILLING_TEXT.test(details.message ?? '');
}

function kindOfWords(words: readonly string[], message: string): FaultKind | undefined {
  if (WRONG_KEY_TEXT.test(message)) return 'authentication';
  for (const word of words) {
    const kind = Object.hasOwn(KINDS_BY_WORD, word) ? KINDS_BY_WORD[word] : undefined;
    if (kind !== undefined) return kind;
  }
  if (RATE_TEXT.test(message)) return 'rate-limit';
  return OVERLOAD_TEXT.test(message) ? 'overloaded' : undefined;
}
