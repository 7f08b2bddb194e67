import type { CanonicalRequest, ContentBlock, ToolChoice, ToolResultBlock } from '@claudex/sdk';
import { SEARCH_TOOLS } from './search-tools.ts';

/** What the model is asked after a round: the same, with what it said and what the searches found at the end. */
export function nextRequest(
  request: CanonicalRequest,
  said: readonly ContentBlock[],
  results: readonly ToolResultBlock[],
  mayCallAgain: boolean,
): CanonicalRequest {
  const choice = nextChoice(request, mayCallAgain);
  return {
    ...request,
    messages: [...request.messages, { role: 'assistant', content: said }, { role: 'user', content: results }],
    ...(choice && { tool_choice: choice }),
  };
}

/** A call that the client had demanded was made: to demand it again would never end. */
function nextChoice({ tools, tool_choice: choice }: CanonicalRequest, mayCallAgain: boolean): ToolChoice | undefined {
  if (!mayCallAgain && tools.every(({ name }) => Object.hasOwn(SEARCH_TOOLS, name))) return { type: 'none' };
  if (choice?.type !== 'any' && choice?.type !== 'tool') return choice;
  const { disable_parallel_tool_use: isSingle } = choice;
  return { type: 'auto', ...(isSingle !== undefined && { disable_parallel_tool_use: isSingle }) };
}
