import { isJsonObject, type CanonicalRequest, type ClientTool, type ContentBlock, type JsonObject } from '@claudex/sdk';
import type { ChatRequest, ChatTool } from '../wire.ts';
import type { Encoding } from './encoding.ts';

/** Writes the tools the model may call and how it may call them into the body. */
export function encodeTools(body: ChatRequest, encoding: Encoding): void {
  const tools = offeredTools(encoding);
  if (tools.length > 0) body.tools = tools;
  encodeToolChoice(body, encoding);
}

function offeredTools(encoding: Encoding): ChatTool[] {
  const { request } = encoding.context;
  const found = toolsInUse(request);
  const names = new Set<string>();
  const tools: ChatTool[] = [];
  for (const [index, tool] of request.tools.entries()) {
    const path = `tools[${index}]`;
    if (tool.kind === 'server') {
      encoding.losses.dropped(
        path,
        'server_tool',
        'A tool that Anthropic runs itself does not exist at this provider.',
      );
    } else if (names.has(tool.name)) {
      encoding.losses.dropped(path, 'duplicate_tool', 'A tool of this name was already declared.');
    } else if (tool.defer_loading !== true || found.has(tool.name)) {
      names.add(tool.name);
      tools.push(encodeTool(tool, path, encoding));
    }
  }
  return tools;
}

function encodeTool(tool: ClientTool, path: string, encoding: Encoding): ChatTool {
  if (tool.ext !== undefined)
    encoding.losses.once(
      'dropped',
      path,
      'tool_extension',
      'Extras of another protocol on a tool have no counterpart here.',
    );
  if (tool.cache_control !== undefined) {
    encoding.losses.once(
      'dropped',
      path,
      'cache_control',
      'Providers of this protocol decide by themselves what they cache.',
    );
  }
  const wire: ChatTool = {
    type: 'function',
    function: { name: encoding.names.toWire(tool.name), parameters: rootObject(tool.input_schema) },
  };
  if (tool.description !== undefined) wire.function.description = tool.description;
  return wire;
}

/** Servers refuse a root without `type` or `properties`; everything below the root is passed on as it is. */
function rootObject(schema: JsonObject): JsonObject {
  const root = isJsonObject(schema) ? schema : {};
  if (root['type'] !== undefined && root['properties'] !== undefined) return root;
  return { ...root, type: root['type'] ?? 'object', properties: root['properties'] ?? {} };
}

/** A deferred tool is shown once a tool search has named it, or once it was called. */
function toolsInUse(request: CanonicalRequest): Set<string> {
  const found = new Set<string>();
  const visit = (block: ContentBlock): void => {
    if (block.type === 'tool_use') found.add(block.name);
    else if (block.type === 'tool_reference') found.add(block.tool_name);
    else if (block.type === 'tool_result') block.content.forEach(visit);
  };
  for (const message of request.messages) message.content.forEach(visit);
  if (request.tool_choice?.type === 'tool') found.add(request.tool_choice.name);
  return found;
}

function encodeToolChoice(body: ChatRequest, encoding: Encoding): void {
  const choice = encoding.context.request.tool_choice;
  if (choice === undefined) return;
  if (body.tools === undefined) {
    if (choice.type !== 'none' && choice.type !== 'auto')
      encoding.losses.dropped('tool_choice', 'tool_choice', 'There is no tool left to choose.');
    return;
  }
  switch (choice.type) {
    case 'auto':
    case 'none':
      body.tool_choice = choice.type;
      break;
    case 'any':
      body.tool_choice = 'required';
      break;
    case 'tool':
      encodeNamedChoice(choice.name, body, encoding);
      break;
  }
  if (choice.type !== 'none' && choice.disable_parallel_tool_use === true) encodeSingleCalls(body, encoding);
}

function encodeNamedChoice(name: string, body: ChatRequest, encoding: Encoding): void {
  const wireName = encoding.names.toWire(name);
  if (body.tools?.some((tool) => tool.function.name === wireName) === true) {
    body.tool_choice = { type: 'function', function: { name: wireName } };
    return;
  }
  encoding.losses.degraded(
    'tool_choice',
    'tool_choice',
    'The tool that must be called is not offered to this provider.',
  );
  body.tool_choice = 'auto';
}

function encodeSingleCalls(body: ChatRequest, encoding: Encoding): void {
  if (encoding.context.quirks.parallelToolCallsSwitch !== false) body.parallel_tool_calls = false;
  else
    encoding.losses.dropped(
      'tool_choice.disable_parallel_tool_use',
      'parallel_tool_calls',
      'This provider has no switch for parallel tool calls.',
    );
}
