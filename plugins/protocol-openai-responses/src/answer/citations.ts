import type { JsonObject } from '@claudex/sdk';
import { searchCitation, textOf } from '@claudex/sdk/codec';

/** A citation as the client knows it. Pages take the client's form, everything else stays as the provider wrote it. */
export function readCitation(annotation: { readonly [field: string]: unknown }, text: string): JsonObject {
  const url = textOf(annotation['url']);
  if (annotation['type'] !== 'url_citation' || url === undefined) return annotation as JsonObject;
  const title = textOf(annotation['title']);
  return searchCitation({ url, ...(title !== undefined && { title }) }, citedText(annotation, text));
}

function citedText(
  { start_index: start, end_index: end }: { readonly [field: string]: unknown },
  text: string,
): string {
  if (typeof start !== 'number' || typeof end !== 'number') return '';
  // By characters, so that none is cut in half.
  return Array.from(text).slice(Math.max(0, start), Math.max(0, end)).join('');
}
