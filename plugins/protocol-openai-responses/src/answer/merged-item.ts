import type { ResponsesItem } from '../wire-answer.ts';

/** The finished item, with the fields it leaves out, or leaves empty, as they were when it began. */
export function mergedItem(begun: ResponsesItem, final: ResponsesItem | undefined): ResponsesItem {
  if (final === undefined) return begun;
  const kept = Object.entries(begun).filter(([field]) => isEmpty(final[field]));
  return kept.length === 0 ? final : { ...final, ...Object.fromEntries(kept) };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}
