import { PLACEHOLDER_TOOL } from '@claudex/sdk/codec';
import type { ChatRequest } from '../wire.ts';
import type { Encoding } from './encoding.ts';

/** Offers a tool that does nothing where the messages have calls, there are no tools, and the provider wants some then. */
export function offerPlaceholder(body: ChatRequest, { context: { quirks }, losses }: Encoding): void {
  if (quirks.placeholderTool !== true || body.tools !== undefined) return;
  if (!body.messages.some((message) => 'tool_calls' in message)) return;
  const { name, description, parameters } = PLACEHOLDER_TOOL;
  body.tools = [{ type: 'function', function: { name, description, parameters: parameters() } }];
  if (quirks.toolChoiceNone !== false) body.tool_choice = 'none';
  losses.adjusted('tools', 'tools', 'A tool that does nothing is offered, because this provider wants one here.');
}
