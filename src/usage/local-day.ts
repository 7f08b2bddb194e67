/** The day of a moment (milliseconds since the epoch) where the user is, as in `2026-11-24`. */
export function localDay(moment: number): string {
  const date = new Date(moment);
  const [year, month, day] = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** The moment at which a day begins where the user is; undefined for what is no day, such as `2026-02-30`. */
export function startOfDay(day: string): number | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (year === undefined || month === undefined || date === undefined) return undefined;
  const start = new Date(Number(year), Number(month) - 1, Number(date)).getTime();
  return localDay(start) === day ? start : undefined;
}

/** The start of the day that is so many days after the one of a moment. A day need not have 24 hours. */
export function startOfDayAfter(moment: number, days: number): number {
  const date = new Date(moment);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}
