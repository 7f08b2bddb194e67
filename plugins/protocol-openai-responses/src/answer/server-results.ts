import { isJsonObject, type Json, type ServerToolResultBlock } from '@claudex/sdk';
import { searchBlocks, searchFailure, textOf, type FoundPage } from '@claudex/sdk/codec';
import type { ResponsesItem } from '../wire-answer.ts';
import { objects, text } from './values.ts';

/** Reads what a tool of the provider found or made. `id` is the call's id as the client knows it. */
export type ReadResult = (item: ResponsesItem, id: string) => ServerToolResultBlock;

/** A result of a type of its own. The name ends as Anthropic's do, by which clients tell results from other blocks. */
export function resultBlock(tool: string, id: string, content: Json, isError = false): ServerToolResultBlock {
  return {
    type: 'server_tool_result',
    result_type: `${tool}_tool_result`,
    tool_use_id: id,
    content,
    ...(isError && { is_error: true }),
  };
}

/** The pages of a web search. Servers name them only where they were asked to. */
export function foundPages(item: ResponsesItem, id: string): ServerToolResultBlock {
  if (item.status === 'failed') return searchFailure(id, 'web_search', 'unavailable');
  const action = isJsonObject(item['action']) ? item['action'] : {};
  const pages = objects(action['sources']).map((source) => pageOf(source));
  return searchBlocks(
    id,
    {},
    pages.filter((page) => page !== undefined),
  )[1];
}

function pageOf(source: { readonly [field: string]: unknown }): FoundPage | undefined {
  const url = textOf(source['url']);
  const title = textOf(source['title']);
  return url === undefined ? undefined : { url, ...(title !== undefined && { title }) };
}

/** The passages of a search in files; none unless they were asked for. */
export function foundFiles(item: ResponsesItem, id: string): ServerToolResultBlock {
  return resultBlock('file_search', id, objects(item['results']) as Json[], item.status === 'failed');
}

/** Logs and pictures of a program. */
export function codeOutputs(item: ResponsesItem, id: string): ServerToolResultBlock {
  return resultBlock('code_interpreter', id, objects(item['outputs']) as Json[], item.status === 'failed');
}

/** The picture that was made, as an image source. */
export function picture(item: ResponsesItem, id: string): ServerToolResultBlock {
  const data = text(item['result']);
  if (data === '') return resultBlock('image_generation', id, [], true);
  const format = text(item['output_format']) || 'png';
  const source = { type: 'base64', media_type: `image/${format}`, data };
  return resultBlock('image_generation', id, [{ type: 'image', source }]);
}

/** What a tool of an MCP server answered, or its error. */
export function mcpOutput(item: ResponsesItem, id: string): ServerToolResultBlock {
  const { error } = item;
  const failed = error !== undefined && error !== null;
  const words = failed ? errorText(error) : text(item['output']);
  return resultBlock('mcp', id, words === '' ? [] : [{ type: 'text', text: words }], failed);
}

function errorText(error: unknown): string {
  if (typeof error === 'string') return error;
  return (isJsonObject(error) && text(error['message'])) || JSON.stringify(error);
}
