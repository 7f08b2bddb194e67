import type { PlannedCall, Reply } from '../reply.ts';
import type { ChatRequest, ChatTool } from '../wire.ts';
import { sampleOf } from './sample.ts';

/** How many tools the assistant calls in one turn. */
export type Style = 'one' | 'parallel';

/** Calls that list the working directory, with whatever the client offers for it. None when nothing fits. */
export function planListing(request: ChatRequest, folder: string | undefined, style: Style): PlannedCall[] {
  const bash = (command: string, description: string): PlannedCall => ({
    name: 'Bash',
    arguments: { command, description },
  });
  const ways: PlannedCall[][] = [
    style === 'parallel'
      ? [bash('pwd', 'Show the working directory'), bash('ls -la', 'List the folder')]
      : [bash('pwd && ls -la', 'List the folder')],
    folder === undefined ? [] : [{ name: 'LS', arguments: { path: folder } }],
    [{ name: 'Glob', arguments: { pattern: '*' } }],
  ];
  for (const way of ways) {
    const calls = fitAll(request, way);
    if (calls.length > 0) return calls;
  }
  return [];
}

/** Calls that read these files. None when the client offers nothing for it. */
export function planReading(request: ChatRequest, paths: readonly string[]): PlannedCall[] {
  const read = fitAll(
    request,
    paths.map((path) => ({ name: 'Read', arguments: { file_path: path } })),
  );
  if (read.length > 0) return read;
  return fitAll(
    request,
    paths.map((path) => ({
      name: 'Bash',
      arguments: {
        command: `head -n 20 -- '${path.replaceAll("'", `'\\''`)}'`,
        description: 'Read the start of a file',
      },
    })),
  );
}

/**
 * The reply when the client insists on a tool: the named one, else the listing, else the first one offered.
 * Undefined when it does not insist.
 */
export function demandedReply(request: ChatRequest): Reply | undefined {
  const { toolChoice, tools } = request;
  if (typeof toolChoice === 'object') return callOf(find(tools, toolChoice.function.name));
  if (toolChoice !== 'required') return undefined;
  const listing = planListing(request, undefined, 'one');
  return listing.length > 0 ? { text: '', calls: listing } : callOf(tools[0]);
}

function callOf(tool: ChatTool | undefined): Reply | undefined {
  if (tool === undefined) return undefined;
  const sample = sampleOf(tool.function.parameters ?? {});
  const filled = typeof sample === 'object' && sample !== null && !Array.isArray(sample) ? { ...sample } : {};
  return { text: '', calls: [{ name: tool.function.name, arguments: filled }] };
}

function fitAll({ tools, toolChoice }: ChatRequest, calls: readonly PlannedCall[]): PlannedCall[] {
  if (toolChoice === 'none') return [];
  const fitted = calls.map((call) => fit(call, find(tools, call.name)));
  return fitted.filter((call) => call !== undefined);
}

/** The call as the offered tool takes it, or undefined when another tool goes by the same name. */
function fit(call: PlannedCall, tool: ChatTool | undefined): PlannedCall | undefined {
  if (tool === undefined) return undefined;
  const { properties, required } = tool.function.parameters ?? {};
  const known = typeof properties === 'object' && properties !== null ? properties : {};
  const filled = Object.entries(call.arguments).filter(([name]) => name in known);
  const names = filled.map(([name]) => name);
  const isComplete = !Array.isArray(required) || required.every((name) => names.includes(name));
  return isComplete && names.length > 0 ? { name: call.name, arguments: Object.fromEntries(filled) } : undefined;
}

function find(tools: readonly ChatTool[], name: string): ChatTool | undefined {
  return tools.find((tool) => tool.function.name === name);
}
