import type { CanonicalRequest, ClientTool, ContentBlock, JsonObject } from '@claudex/sdk';
import { adaptSchema } from '@claudex/sdk/codec';
import type { ChatRequest, ChatTool } from '../wire.ts';
import type { Encoding } from './encoding.ts';
import { encodeToolChoice } from './tool-choice.ts';
import { encodeServerToolOffer } from './web-search.ts';

/** Writes the tools the model may call and how it may call them into the body. */
export function encodeTools(body: ChatRequest, encoding: Encoding): void {
  const tools = offeredTools(body, encoding);
  if (tools.length > 0) body.tools = tools;
  encodeToolChoice(body, encoding);
}

/**
 * The tools in an order that only grows, so that caches hit: those that are always there, as the client lists them, and
 * then the deferred ones in the order in which the conversation came across them.
 */
function offeredTools(body: ChatRequest, encoding: Encoding): ChatTool[] {
  const { request } = encoding.context;
  const found = toolsInUse(request);
  const names = new Set<string>();
  const tools: ChatTool[] = [];
  const late: { readonly place: number; readonly tool: ChatTool }[] = [];
  for (const [index, tool] of request.tools.entries()) {
    const path = `tools[${index}]`;
    const place = tool.kind === 'client' && tool.defer_loading === true ? found.get(tool.name) : -1;
    if (tool.kind === 'server') {
      encodeServerToolOffer(tool, path, body, encoding);
    } else if (names.has(tool.name)) {
      encoding.losses.dropped(path, 'duplicate_tool', 'A tool of this name was already declared.');
    } else if (place !== undefined) {
      names.add(tool.name);
      const wire = encodeTool(tool, path, encoding);
      if (wire === undefined) continue;
      if (place < 0) tools.push(wire);
      else late.push({ place, tool: wire });
    }
  }
  late.sort((one, other) => one.place - other.place);
  return [...tools, ...late.map(({ tool }) => tool)];
}

/** A tool as a function; `undefined` when the provider cannot be given it. */
function encodeTool(tool: ClientTool, path: string, encoding: Encoding): ChatTool | undefined {
  const { losses, names, unusableTools } = encoding;
  const name = names.toWire(tool.name);
  const parameters = encodeSchema(tool, unusableTools.has(name), path, encoding);
  if (parameters === undefined) {
    unusableTools.add(name);
    return undefined;
  }
  if (tool.ext !== undefined)
    losses.once('dropped', path, 'tool_extension', 'Extras of another protocol on a tool have no counterpart here.');
  const wire: ChatTool = { type: 'function', function: { name, parameters } };
  if (tool.description !== undefined) wire.function.description = tool.description;
  encoding.breakpoints.place(wire, tool, path);
  return wire;
}

/** One bad schema must not end the session: its tool is left out, and the loss names it. */
function encodeSchema(
  tool: ClientTool,
  isRefused: boolean,
  path: string,
  { losses, context }: Encoding,
): JsonObject | undefined {
  if (isRefused) {
    losses.dropped(path, 'quarantined_tool', `The tool ${tool.name} is left out, because the provider refused it.`);
    return undefined;
  }
  const adapted = adaptSchema(tool.input_schema, context.quirks.schemaDialect ?? 'plain-root');
  if ('problem' in adapted) {
    losses.dropped(path, 'quarantined_tool', `The tool ${tool.name} is left out: ${adapted.problem}.`);
    return undefined;
  }
  if (adapted.changes.length > 0)
    losses.adjusted(
      `${path}.input_schema`,
      'tool_schema',
      `The schema of the tool ${tool.name} was cut down to what this provider takes.`,
    );
  return adapted.schema;
}

/**
 * The deferred tools to show, with the place at which the conversation came across them: a tool search has named them,
 * they were called, or they must be called now.
 */
function toolsInUse(request: CanonicalRequest): Map<string, number> {
  const found = new Map<string, number>();
  const add = (name: string): void => {
    if (!found.has(name)) found.set(name, found.size);
  };
  const visit = (block: ContentBlock): void => {
    if (block.type === 'tool_use') add(block.name);
    else if (block.type === 'tool_reference') add(block.tool_name);
    else if (block.type === 'tool_result') block.content.forEach(visit);
  };
  for (const message of request.messages) message.content.forEach(visit);
  if (request.tool_choice?.type === 'tool') add(request.tool_choice.name);
  return found;
}
