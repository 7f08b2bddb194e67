import { isJsonObject, type Json, type JsonObject, type OpaqueBlock } from '../../index.ts';
import type { LossLog } from '../loss-log.ts';
import { textOf } from '../values.ts';
import { NOTES } from './notes.ts';

/**
 * What a block of a type that only its own protocol knows says in plain text, so that a model of another protocol can
 * read it, or a note where it cannot be told. Told are Anthropic's search results, which clients put into messages of
 * the user and into tool results.
 */
export function opaqueText({ protocol, value }: OpaqueBlock, path: string, losses: LossLog): string {
  if (protocol === 'anthropic-messages' && value['type'] === 'search_result') {
    losses.degraded(path, 'search_result', 'A search result is sent as plain text, which cannot be cited.');
    return searchResultText(value);
  }
  losses.dropped(path, 'opaque_block', 'This kind of content has no counterpart here.');
  return NOTES.unknownContent;
}

function searchResultText({ title, source, content }: JsonObject): string {
  const [name, place] = [textOf(title), textOf(source)];
  const what = name === undefined ? 'search result' : `search result "${name}"`;
  return [`[The following is a ${what}${place === undefined ? '' : ` from ${place}`}.]`, ...textsOf(content)].join(
    '\n',
  );
}

function textsOf(content: Json | undefined): string[] {
  if (!Array.isArray(content)) return [textOf(content)].filter((text) => text !== undefined);
  return content
    .map((part) => (isJsonObject(part) ? textOf(part['text']) : undefined))
    .filter((text) => text !== undefined);
}
