import {
  isJsonObject,
  type Json,
  type JsonObject,
  type ServerToolResultBlock,
  type ServerToolUseBlock,
} from '../../index.ts';
import { textOf } from '../values.ts';

/**
 * What a search or fetch of an earlier turn looks like as plain text, for a provider that cannot take the blocks.
 * `undefined` for other server tools and for blocks that say nothing.
 */
export function searchText(block: ServerToolUseBlock | ServerToolResultBlock): string | undefined {
  if (block.type === 'server_tool_use') return askedText(block);
  if (block.result_type === 'web_search_tool_result') return foundText(block.content);
  return block.result_type === 'web_fetch_tool_result' ? fetchedText(block.content) : undefined;
}

function askedText({ name, input }: ServerToolUseBlock): string | undefined {
  const query = name === 'web_search' ? textOf(input['query']) : undefined;
  const url = name === 'web_fetch' ? textOf(input['url']) : undefined;
  if (query !== undefined) return `Searched the web for: ${query}`;
  return url === undefined ? undefined : `Fetched the page: ${url}`;
}

function foundText(content: Json): string | undefined {
  if (!Array.isArray(content)) return failureText('web search', content);
  const lines = content
    .map((page) => (isJsonObject(page) ? pageLine(page) : undefined))
    .filter((line) => line !== undefined);
  return lines.length === 0 ? 'The web search found nothing.' : ['Search results:', ...lines].join('\n');
}

function pageLine({ title, url }: JsonObject): string | undefined {
  const [name, address] = [textOf(title), textOf(url)];
  if (name === undefined || name === address) return address === undefined ? undefined : `- ${address}`;
  return address === undefined ? `- ${name}` : `- ${name}: ${address}`;
}

function fetchedText(content: Json): string | undefined {
  if (!isJsonObject(content) || content['type'] !== 'web_fetch_result') return failureText('fetch', content);
  const page = isJsonObject(content['content']) ? content['content'] : {};
  const source = isJsonObject(page['source']) ? page['source'] : {};
  const text = source['type'] === 'text' ? textOf(source['data']) : undefined;
  const head = [textOf(page['title']), textOf(content['url'])].filter((line) => line !== undefined);
  const body = text ?? `(a document of type ${textOf(source['media_type']) ?? 'unknown'}, not shown)`;
  return ['Fetched page:', ...head, '', body].join('\n');
}

function failureText(what: string, content: Json): string | undefined {
  const code = isJsonObject(content) ? textOf(content['error_code']) : undefined;
  return code === undefined ? undefined : `The ${what} failed: ${code}.`;
}
