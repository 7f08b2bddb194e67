import type { Message } from '@claudex/sdk';
import type { ResponsesInputItem } from '../../../src/wire.ts';

/** What a provider refuses in the input of a request, as sentences. */
export function problemsOf(input: readonly ResponsesInputItem[]): string[] {
  const problems: string[] = [];
  const ids = new Set<string>();
  let batch: string[] = [];
  let before: ResponsesInputItem | undefined;
  for (const item of input) {
    if ('id' in item) problems.push('an id of an item that nobody stores');
    if (isEmpty(item)) problems.push(`an empty ${item.type}`);
    if (item.type === 'function_call') {
      if (before?.type === 'function_call_output' && batch.length > 0) problems.push('a call between results');
      if (ids.has(item.call_id)) problems.push('an id used twice');
      ids.add(item.call_id);
      batch.push(item.call_id);
    } else if (item.type === 'function_call_output') {
      if (batch.shift() !== item.call_id) problems.push('a result that does not answer the next call');
    } else if (batch.length > 0) {
      problems.push(`${item.type} between a call and its result`);
      batch = [];
    }
    if (isUser(item) && isUser(before)) problems.push('two user messages in a row');
    before = item;
  }
  if (batch.length > 0) problems.push('a call without a result at the end');
  return problems;
}

function isUser(item: ResponsesInputItem | undefined): boolean {
  return item?.type === 'message' && item.role === 'user';
}

function isEmpty(item: ResponsesInputItem): boolean {
  const content = item.type === 'function_call_output' ? item.output : item.type === 'message' ? item.content : 'none';
  if (content.length === 0) return true;
  return typeof content !== 'string' && content.some((part) => 'text' in part && part.text === '');
}

/** The texts and pictures of the user outside of tool results, in order. */
export function spokenBy(messages: readonly Message[]): string[] {
  const spoken: string[] = [];
  for (const { role, content } of messages) {
    if (role !== 'user') continue;
    for (const block of content) {
      if (block.type === 'text' && block.text !== '') spoken.push(block.text);
      if (block.type === 'image' && block.source.type === 'base64') spoken.push(block.source.data);
    }
  }
  return spoken;
}
