import { isJsonObject, type FetchedPage, type SearchResult } from '@claudex/sdk';
import { clipped } from './clipped.ts';

/** Most UTF-16 units that the model reads of a page that was found. */
const LONGEST_EXCERPT = 4_000;

/** Reads what a plugin says it has found; entries without an address are left out. Throws when nothing of it makes sense. */
export function readResults(found: unknown): SearchResult[] {
  if (!Array.isArray(found)) throw new NonsenseError();
  const pages = found.flatMap(readResult);
  if (pages.length === 0 && found.length > 0) throw new NonsenseError();
  return pages;
}

/** Reads a page that a plugin says it has fetched, up to `maxLength` UTF-16 units. Throws when it is none. */
export function readPage(page: unknown, askedUrl: string, maxLength: number): FetchedPage {
  if (!isJsonObject(page) || typeof page['text'] !== 'string') throw new NonsenseError();
  const { url, title, text } = page;
  return {
    url: typeof url === 'string' && isWebAddress(url) ? url : askedUrl,
    text: clipped(text, maxLength),
    ...(typeof title === 'string' && title !== '' && { title: title.toWellFormed() }),
  };
}

/** Whether a text is an http(s) address. */
export function isWebAddress(text: string): boolean {
  return /^https?:/i.test(text) && URL.canParse(text);
}

function readResult(value: unknown): SearchResult[] {
  if (!isJsonObject(value)) return [];
  const { url, title, text, age } = value;
  if (typeof url !== 'string' || !isWebAddress(url)) return [];
  return [
    {
      url,
      title: typeof title === 'string' && title !== '' ? title.toWellFormed() : url,
      text: typeof text === 'string' ? clipped(text, LONGEST_EXCERPT) : '',
      ...(typeof age === 'string' && age !== '' && { age: age.toWellFormed() }),
    },
  ];
}

/** A plugin has answered something that is no result. */
class NonsenseError extends Error {
  override readonly name = 'NonsenseError';
}
