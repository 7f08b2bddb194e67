/** A date as HTTP writes it, e.g. `Tue, 24 Nov 2026 10:00:30 GMT`. */
const HTTP_DATE = /^[a-z]+, .+ GMT$/i;

/**
 * How long a failed answer asks to wait, in milliseconds and never negative; `undefined` when it does not say, or says
 * something that makes no sense. `retry-after-ms` wins over `retry-after`, which holds seconds or a date. A date is
 * measured from the answer's own `date`, because a protocol has no clock. `headers` have lower-case names.
 */
export function retryAfterMs(headers: { readonly [name: string]: string }): number | undefined {
  const { 'retry-after-ms': milliseconds, 'retry-after': value, date } = headers;
  return amount(milliseconds, 1) ?? amount(value, 1000) ?? distance(date, value);
}

function amount(text: string | undefined, unitMs: number): number | undefined {
  const milliseconds = text === undefined || text.trim() === '' ? Number.NaN : Number(text) * unitMs;
  return Number.isFinite(milliseconds) && milliseconds >= 0 ? Math.ceil(milliseconds) : undefined;
}

function distance(from: string | undefined, to: string | undefined): number | undefined {
  if (from === undefined || to === undefined || !HTTP_DATE.test(to.trim())) return undefined;
  const milliseconds = Date.parse(to) - Date.parse(from);
  return Number.isFinite(milliseconds) ? Math.max(0, milliseconds) : undefined;
}
