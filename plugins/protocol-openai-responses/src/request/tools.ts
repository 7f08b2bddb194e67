import type { ClientTool } from '@claudex/sdk';
import { offeredTools, searchToolOf, toolSchema } from '@claudex/sdk/codec';
import type { ResponsesFunctionTool, ResponsesTool } from '../wire.ts';
import { noteCacheControl } from './content.ts';
import type { Encoding } from './encoding.ts';
import { encodeWebSearch } from './web-search.ts';

/** Writes the tools the model may call. */
export function encodeTools(encoding: Encoding): ResponsesTool[] {
  const { request, quirks } = encoding.context;
  const webSearch = quirks.webSearch === 'tool' ? searchToolOf(request, 'web_search') : undefined;
  const tools: ResponsesTool[] = [];
  if (isWithoutTools(encoding)) return tools;
  for (const { tool, path } of offeredTools(request, encoding.losses)) {
    if (tool.kind === 'client') {
      const wire = encodeTool(tool, path, encoding);
      if (wire !== undefined) tools.push(wire);
    } else if (tool === webSearch) {
      tools.push(encodeWebSearch(tool, path, encoding));
    } else {
      noteServerTool(path, encoding);
    }
  }
  return tools;
}

/** A function on the wire. */
export function functionTool(
  { name, description, parameters }: Pick<ResponsesFunctionTool, 'name' | 'description' | 'parameters'>,
  { context: { quirks } }: Encoding,
): ResponsesFunctionTool {
  return {
    type: 'function',
    name,
    ...(description !== undefined && { description }),
    parameters,
    ...(quirks.strictSwitch !== false && { strict: false }),
  };
}

/** Where a provider cannot be told that no tool may be called, it is shown none. */
function isWithoutTools({ context: { request, quirks }, losses }: Encoding): boolean {
  if (request.tool_choice?.type !== 'none' || quirks.toolChoiceNone !== false || request.tools.length === 0)
    return false;
  losses.adjusted('tools', 'tools', 'This provider cannot be told to call no tool, so it is offered none.');
  return true;
}

function noteServerTool(path: string, { losses }: Encoding): void {
  losses.dropped(path, 'server_tool', 'A tool that Anthropic runs itself does not exist at this provider.');
}

/** Writes one function; `undefined` for one that the provider cannot take. */
function encodeTool(tool: ClientTool, path: string, encoding: Encoding): ResponsesFunctionTool | undefined {
  const { losses, names, unusableTools, context } = encoding;
  noteExtras(tool, path, encoding);
  const name = names.toWire(tool.name);
  const dialect = context.quirks.schemaDialect ?? 'plain-root';
  const parameters = toolSchema(tool, { dialect, isRefused: unusableTools.has(name) }, path, losses);
  if (parameters === undefined) {
    unusableTools.add(name);
    return undefined;
  }
  const { description } = tool;
  return functionTool({ name, ...(description !== undefined && { description }), parameters }, encoding);
}

function noteExtras(tool: ClientTool, path: string, encoding: Encoding): void {
  if (tool.ext !== undefined)
    encoding.losses.once(
      'dropped',
      path,
      'tool_extension',
      'Extras of another protocol on a tool have no counterpart here.',
    );
  noteCacheControl(tool, path, encoding);
}
