import type { JsonObject } from '@claudex/sdk';
import { searchCitation, textOf } from '@claudex/sdk/codec';
import { Characters } from './characters.ts';
import type { GrownText } from './grown-text.ts';

/** Longest excerpt in a citation, in UTF-16 units, as Anthropic has it. */
const EXCERPT_LENGTH = 150;
/** Most citations taken of one part of a message. Real answers have a few dozen. */
export const MAX_CITATIONS = 200;

/** Reads the citations of one part of a message, whose text may still grow. */
export class CitationReader {
  readonly #text: GrownText;
  readonly #characters = new Characters();

  constructor(text: GrownText) {
    this.#text = text;
  }

  /** A citation as the client knows it. Pages take the client's form, everything else stays as the provider wrote it. */
  read(annotation: { readonly [field: string]: unknown }): JsonObject {
    const url = textOf(annotation['url']);
    if (annotation['type'] !== 'url_citation' || url === undefined) return annotation as JsonObject;
    const title = textOf(annotation['title']);
    const page = { url, ...(title !== undefined && { title }) };
    return searchCitation(page, this.#excerpt(annotation['start_index'], annotation['end_index']));
  }

  /** The beginning of the cited text. Places count characters, and none is cut in half. */
  #excerpt(start: unknown, end: unknown): string {
    if (typeof start !== 'number' || typeof end !== 'number') return '';
    const first = Math.max(0, Math.trunc(start));
    return this.#characters.excerpt(this.#text.toString(), first, Math.trunc(end) - first, EXCERPT_LENGTH);
  }
}
