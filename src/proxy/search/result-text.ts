import { isJsonObject, type JsonObject, type ServerToolResultBlock, type ToolResultBlock } from '@claudex/sdk';
import { searchText, textOf } from '@claudex/sdk/codec';
import { keptText } from './result-blocks.ts';

/** What the model is told about a failure, by the code that the client gets. */
const FAILURES: ReadonlyMap<string, string> = new Map([
  ['invalid_tool_input', 'The arguments of this call are not valid.'],
  ['max_uses_exceeded', 'No more calls of this tool are allowed in this answer. Answer with what you have.'],
  ['unavailable', 'This failed and cannot be tried again now. Answer without it, and say that it failed.'],
  ['url_not_allowed', 'This address may not be read.'],
]);

/** A result for the model: the function it called answers in plain text. */
export function resultForModel(callId: string, block: ServerToolResultBlock): ToolResultBlock {
  const failure = isJsonObject(block.content) ? block.content['error_code'] : undefined;
  const text =
    typeof failure === 'string'
      ? (FAILURES.get(failure) ?? `This failed: ${failure}.`)
      : (foundText(block) ?? searchText(block) ?? '');
  return {
    type: 'tool_result',
    tool_use_id: callId,
    content: [{ type: 'text', text }],
    ...(failure !== undefined && { is_error: true }),
  };
}

function foundText({ content }: ServerToolResultBlock): string | undefined {
  if (!Array.isArray(content) || content.length === 0) return undefined;
  return content
    .filter(isJsonObject)
    .map((page, index) => `${index + 1}. ${pageText(page)}`)
    .join('\n\n');
}

function pageText({ title, url, page_age: age, encrypted_content: kept }: JsonObject): string {
  return [title, url, age, keptText(kept)].flatMap((line) => textOf(line) ?? []).join('\n');
}
