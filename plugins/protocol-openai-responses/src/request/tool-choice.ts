import type { ToolChoice } from '@claudex/sdk';
import { searchToolOf } from '@claudex/sdk/codec';
import type { ResponsesRequest, ResponsesTool, ResponsesToolChoice } from '../wire.ts';
import type { Encoding } from './encoding.ts';
import { hasWebSearch } from './web-search.ts';

/** Writes how the tools may be called. Without tools nothing of it may be sent: servers refuse it. */
export function encodeToolChoice(body: ResponsesRequest, tools: readonly ResponsesTool[], encoding: Encoding): void {
  const choice = encoding.context.request.tool_choice;
  if (tools.length === 0) {
    if (choice?.type === 'any' || choice?.type === 'tool')
      encoding.losses.dropped('tool_choice', 'tool_choice', 'There is no tool left to choose.');
    return;
  }
  if (choice !== undefined) body.tool_choice = translate(choice, tools, encoding);
  encodeSingleCalls(body, choice, encoding);
}

function translate(choice: ToolChoice, tools: readonly ResponsesTool[], encoding: Encoding): ResponsesToolChoice {
  if (choice.type === 'auto' || choice.type === 'none') return choice.type;
  if (encoding.context.quirks.forcedToolChoice === false) {
    encoding.losses.degraded('tool_choice', 'tool_choice', 'This model cannot be made to call a tool.');
    return 'auto';
  }
  return choice.type === 'any' ? 'required' : encodeNamed(choice.name, tools, encoding);
}

function encodeNamed(name: string, tools: readonly ResponsesTool[], encoding: Encoding): ResponsesToolChoice {
  const wireName = encoding.names.toWire(name);
  if (tools.some((tool) => tool.type === 'function' && tool.name === wireName))
    return { type: 'function', name: wireName };
  if (hasWebSearch(tools) && searchToolOf(encoding.context.request, 'web_search')?.name === name)
    return { type: 'web_search' };
  encoding.losses.degraded(
    'tool_choice',
    'tool_choice',
    'The tool that must be called is not offered to this provider.',
  );
  return 'auto';
}

function encodeSingleCalls(body: ResponsesRequest, choice: ToolChoice | undefined, encoding: Encoding): void {
  const { parallelToolCalls, parallelToolCallsSwitch } = encoding.context.quirks;
  const isWanted = choice !== undefined && choice.type !== 'none' && choice.disable_parallel_tool_use === true;
  if (!isWanted && parallelToolCalls !== false) return;
  if (parallelToolCallsSwitch !== false) body.parallel_tool_calls = false;
  else if (isWanted)
    encoding.losses.dropped(
      'tool_choice.disable_parallel_tool_use',
      'parallel_tool_calls',
      'This provider has no switch for parallel tool calls.',
    );
}
