import { PLACEHOLDER_TOOL } from '@claudex/sdk/codec';
import type { ResponsesRequest, ResponsesTool } from '../wire.ts';
import type { Encoding } from './encoding.ts';
import { functionTool } from './tools.ts';

/** Puts the tools where the provider wants them. */
export function placeTools(body: ResponsesRequest, tools: ResponsesTool[], { context: { quirks } }: Encoding): void {
  if (quirks.toolsPlacement === 'input') body.input.unshift({ type: 'additional_tools', role: 'developer', tools });
  else body.tools = tools;
}

/** Offers a tool that does nothing where the input has calls, there are no tools, and the provider wants some then. */
export function offerPlaceholder(body: ResponsesRequest, encoding: Encoding): void {
  const { context, losses } = encoding;
  if (context.quirks.placeholderTool !== true || !body.input.some(({ type }) => type === 'function_call')) return;
  const tool = functionTool({ ...PLACEHOLDER_TOOL, parameters: PLACEHOLDER_TOOL.parameters() }, encoding);
  placeTools(body, [tool], encoding);
  if (context.quirks.toolChoiceNone !== false) body.tool_choice = 'none';
  losses.adjusted('tools', 'tools', 'A tool that does nothing is offered, because this provider wants one here.');
}
