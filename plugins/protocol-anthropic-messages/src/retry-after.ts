/**
 * How long a failed answer asks to wait, in milliseconds; `undefined` when it does not say. A date is measured from
 * the answer's own `date`, because translators have no clock.
 */
export function retryAfterMs(headers: { readonly [name: string]: string }): number | undefined {
  const exact = Number(headers['retry-after-ms'] ?? Number.NaN);
  if (exact >= 0) return exact;
  const value = headers['retry-after'];
  if (value === undefined || value.trim() === '') return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return seconds >= 0 ? Math.ceil(seconds * 1000) : undefined;
  const wait = Date.parse(value) - Date.parse(headers['date'] ?? '');
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}
