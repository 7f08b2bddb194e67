import type { ClientTool } from '@claudex/sdk';
import { offeredTools, toolSchema } from '@claudex/sdk/codec';
import type { ChatRequest, ChatTool } from '../wire.ts';
import type { Encoding } from './encoding.ts';
import { encodeToolChoice } from './tool-choice.ts';
import { encodeServerToolOffer } from './web-search.ts';

/** Writes the tools the model may call and how it may call them into the body. */
export function encodeTools(body: ChatRequest, encoding: Encoding): void {
  const tools: ChatTool[] = [];
  if (isWithoutTools(encoding)) return;
  for (const { tool, path } of offeredTools(encoding.context.request, encoding.losses)) {
    if (tool.kind === 'server') {
      encodeServerToolOffer(tool, path, body, encoding);
      continue;
    }
    const wire = encodeTool(tool, path, encoding);
    if (wire !== undefined) tools.push(wire);
  }
  if (tools.length > 0) body.tools = tools;
  encodeToolChoice(body, encoding);
}

/** Where a provider cannot be told that no tool may be called, it is shown none. */
function isWithoutTools({ context: { request, quirks }, losses }: Encoding): boolean {
  if (request.tool_choice?.type !== 'none' || quirks.toolChoiceNone !== false || request.tools.length === 0)
    return false;
  losses.adjusted('tools', 'tools', 'This provider cannot be told to call no tool, so it is offered none.');
  return true;
}

/** A tool as a function; `undefined` when the provider cannot be given it. */
function encodeTool(tool: ClientTool, path: string, encoding: Encoding): ChatTool | undefined {
  const { losses, names, unusableTools, context } = encoding;
  const name = names.toWire(tool.name);
  const dialect = context.quirks.schemaDialect ?? 'plain-root';
  const parameters = toolSchema(tool, { dialect, isRefused: unusableTools.has(name) }, path, losses);
  if (parameters === undefined) {
    unusableTools.add(name);
    return undefined;
  }
  if (tool.ext !== undefined)
    losses.once('dropped', path, 'tool_extension', 'Extras of another protocol on a tool have no counterpart here.');
  const wire: ChatTool = { type: 'function', function: { name, parameters } };
  if (tool.description !== undefined) wire.function.description = tool.description;
  if (context.quirks.strictSwitch === true) wire.function.strict = false;
  encoding.breakpoints.place(context.quirks.cacheControlOnTools === false ? undefined : wire, tool, path);
  return wire;
}
