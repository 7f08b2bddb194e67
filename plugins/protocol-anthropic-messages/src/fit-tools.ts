import { isJsonObject, type Json, type JsonObject, type Loss, type Quirks } from '@claudex/sdk';

/** The two fields about tools, as they are and as they are to be sent. */
export interface ToolFields {
  readonly tools: Json | undefined;
  readonly toolChoice: Json | undefined;
}

/**
 * The fields about tools as the provider takes them: without tools that it would have to run, and without breakpoints
 * of the cache. What does not change is the same value; a choice follows the tools that are left.
 */
export function fitTools(fields: ToolFields, quirks: Quirks, losses: Loss[]): ToolFields {
  const { tools: given } = fields;
  if (!Array.isArray(given)) return { ...fields, toolChoice: freeChoice(fields.toolChoice, quirks, losses) };
  const own = quirks.serverTools === false ? withoutServerTools(given, losses) : given;
  const tools = quirks.cacheControlOnTools === false ? withoutBreakpoints(own, losses) : own;
  if (tools.length === 0 && given.length > 0) return { tools: undefined, toolChoice: noChoice(fields, losses) };
  const isGone = own !== given && namesNone(fields.toolChoice, own);
  if (!isGone) return { tools, toolChoice: freeChoice(fields.toolChoice, quirks, losses) };
  losses.push(degraded('The tool that must be called is not offered to this provider.'));
  return { tools, toolChoice: { type: 'auto' } };
}

/** Whether a declaration is of a tool that the provider runs, or knows by its type: the client's own have none. */
function isServerTool(tool: Json): boolean {
  const type = isJsonObject(tool) ? tool['type'] : undefined;
  return typeof type === 'string' && type !== 'custom';
}

function withoutServerTools(tools: readonly Json[], losses: Loss[]): Json[] {
  for (const [index, tool] of tools.entries()) {
    if (!isServerTool(tool)) continue;
    const reason = 'This provider runs no tools itself.';
    losses.push({ kind: 'dropped', path: `tools[${index}]`, feature: 'server_tool', reason });
  }
  return tools.filter((tool) => !isServerTool(tool));
}

function withoutBreakpoints(tools: Json[], losses: Loss[]): Json[] {
  if (!tools.some((tool) => isJsonObject(tool) && tool['cache_control'] !== undefined)) return tools;
  return tools.map((tool, index) => {
    if (!isJsonObject(tool) || tool['cache_control'] === undefined) return tool;
    const { cache_control: _breakpoint, ...rest } = tool;
    const reason = 'The provider takes no cache breakpoints on tools.';
    losses.push({ kind: 'dropped', path: `tools[${index}].cache_control`, feature: 'cache_control', reason });
    return rest;
  });
}

function noChoice({ toolChoice }: ToolFields, losses: Loss[]): undefined {
  if (isForced(toolChoice)) {
    const reason = 'There is no tool left to choose.';
    losses.push({ kind: 'dropped', path: 'tool_choice', feature: 'tool_choice', reason });
  }
  return undefined;
}

function freeChoice(choice: Json | undefined, { forcedToolChoice }: Quirks, losses: Loss[]): Json | undefined {
  if (forcedToolChoice !== false || !isForced(choice)) return choice;
  losses.push(degraded('This model cannot be made to call a tool.'));
  const { disable_parallel_tool_use: single } = choice;
  return { type: 'auto', ...(single !== undefined && { disable_parallel_tool_use: single }) };
}

function isForced(choice: Json | undefined): choice is JsonObject {
  return isJsonObject(choice) && (choice['type'] === 'any' || choice['type'] === 'tool');
}

function namesNone(choice: Json | undefined, tools: readonly Json[]): boolean {
  if (!isJsonObject(choice) || choice['type'] !== 'tool') return false;
  return !tools.some((tool) => isJsonObject(tool) && tool['name'] === choice['name']);
}

function degraded(reason: string): Loss {
  return { kind: 'degraded', path: 'tool_choice', feature: 'tool_choice', reason };
}
