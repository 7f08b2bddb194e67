type Headers = { readonly [name: string]: string };

/** A date as HTTP writes it, e.g. `Tue, 24 Nov 2026 10:00:30 GMT`. */
const HTTP_DATE = /^[a-z]+, .+ GMT$/i;
/** A date as Anthropic writes it, e.g. `2026-11-24T10:00:30Z`. */
const ISO_DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i;
/** A span as OpenAI and Groq write it, e.g. `6m0s`, `1.5s`, `250ms`. */
const SPAN = /^(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+(?:\.\d+)?)ms)?$/;

/** Limits that providers report one by one, under the names of OpenAI and of Anthropic. */
const LIMITS: readonly { readonly remaining: string; readonly reset: string }[] = [
  ...['requests', 'tokens'].map((what) => ({
    remaining: `x-ratelimit-remaining-${what}`,
    reset: `x-ratelimit-reset-${what}`,
  })),
  ...['requests', 'tokens', 'input-tokens', 'output-tokens'].map((what) => ({
    remaining: `anthropic-ratelimit-${what}-remaining`,
    reset: `anthropic-ratelimit-${what}-reset`,
  })),
];

/**
 * How long a failed answer asks to wait, in milliseconds and never negative; `undefined` when it does not say, or says
 * something that makes no sense. `retry-after-ms` wins over `retry-after`, which holds seconds or a date; without either it
 * is until the limits that are used up begin anew. A date is measured from the answer's own `date`, because a protocol has
 * no clock. `headers` have lower-case names.
 */
export function retryAfterMs(headers: Headers): number | undefined {
  const { 'retry-after-ms': milliseconds, 'retry-after': value, date } = headers;
  return amount(milliseconds, 1) ?? amount(value, 1000) ?? distance(date, value) ?? untilReset(headers);
}

function amount(text: string | undefined, unitMs: number): number | undefined {
  const milliseconds = text === undefined || text.trim() === '' ? Number.NaN : Number(text) * unitMs;
  return Number.isFinite(milliseconds) && milliseconds >= 0 ? Math.ceil(milliseconds) : undefined;
}

function distance(from: string | undefined, to: string | undefined): number | undefined {
  const end = to?.trim() ?? '';
  if (from === undefined || !(HTTP_DATE.test(end) || ISO_DATE.test(end))) return undefined;
  const milliseconds = Date.parse(end) - Date.parse(from);
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}

/** The longest of those limits of which nothing is left: the others do not matter. */
function untilReset(headers: Headers): number | undefined {
  const waits = LIMITS.filter(({ remaining }) => Number(headers[remaining] || Number.NaN) === 0)
    .map(({ reset }) => span(headers[reset]) ?? distance(headers['date'], headers[reset]))
    .filter((wait) => wait !== undefined);
  return waits.length === 0 ? undefined : Math.max(...waits);
}

function span(text: string | undefined): number | undefined {
  const found = text === undefined || text === '' ? null : SPAN.exec(text.trim());
  if (!found) return undefined;
  const [hours = 0, minutes = 0, seconds = 0, milliseconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  const total = ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds;
  return Number.isFinite(total) ? Math.ceil(total) : undefined;
}
