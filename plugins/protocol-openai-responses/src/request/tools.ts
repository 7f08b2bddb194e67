import type { ClientTool } from '@claudex/sdk';
import { adaptSchema, searchToolOf } from '@claudex/sdk/codec';
import type { ResponsesFunctionTool, ResponsesTool } from '../wire.ts';
import type { Encoding } from './encoding.ts';
import { referencedTools } from './referenced-tools.ts';
import { encodeWebSearch } from './web-search.ts';

/**
 * The tools the model may call: those of the client in their order, then the deferred ones in the order in which they were
 * first referenced, so that the list only grows at its end while a conversation goes on.
 */
export function encodeTools(encoding: Encoding): ResponsesTool[] {
  const { request, quirks } = encoding.context;
  const places = referencedTools(request);
  const webSearch = quirks.webSearch === 'tool' ? searchToolOf(request, 'web_search') : undefined;
  const names = new Set<string>();
  const offered: { place: number; tool: ResponsesTool }[] = [];
  for (const [index, tool] of request.tools.entries()) {
    const path = `tools[${index}]`;
    if (tool.kind === 'server') {
      if (tool === webSearch) offered.push({ place: -1, tool: encodeWebSearch(tool, path, encoding) });
      else noteServerTool(path, encoding);
      continue;
    }
    const place = tool.defer_loading === true ? places.get(tool.name) : -1;
    if (place === undefined) continue;
    if (names.has(tool.name)) {
      encoding.losses.dropped(path, 'duplicate_tool', 'A tool of this name was already declared.');
      continue;
    }
    names.add(tool.name);
    const wire = encodeTool(tool, path, encoding);
    if (wire !== undefined) offered.push({ place, tool: wire });
  }
  return offered.toSorted((one, other) => one.place - other.place).map(({ tool }) => tool);
}

function noteServerTool(path: string, { losses }: Encoding): void {
  losses.dropped(path, 'server_tool', 'A tool that Anthropic runs itself does not exist at this provider.');
}

/** Writes one function; `undefined` for one that the provider cannot take. */
function encodeTool(tool: ClientTool, path: string, encoding: Encoding): ResponsesFunctionTool | undefined {
  const { losses, context } = encoding;
  noteExtras(tool, path, encoding);
  const name = encoding.names.toWire(tool.name);
  if (context.quarantinedTools?.includes(name) === true) {
    encoding.unusableTools.add(name);
    losses.dropped(path, 'quarantined_tool', `The tool ${tool.name} is left out, because the provider refused it.`);
    return undefined;
  }
  const adapted = adaptSchema(tool.input_schema, context.quirks.schemaDialect ?? 'plain-root');
  if ('problem' in adapted) {
    encoding.unusableTools.add(name);
    losses.dropped(path, 'quarantined_tool', `The tool ${tool.name} is left out: ${adapted.problem}.`);
    return undefined;
  }
  const { schema, changes } = adapted;
  if (changes.length > 0) {
    const places = changes.length === 1 ? 'one place' : `${changes.length} places`;
    const reason = `The schema of the tool ${tool.name} was cut down in ${places} to what this provider takes.`;
    losses.adjusted(`${path}.input_schema`, 'tool_schema', reason);
  }
  const { description } = tool;
  return {
    type: 'function',
    name,
    ...(description !== undefined && { description }),
    parameters: schema,
    strict: false,
  };
}

function noteExtras(tool: ClientTool, path: string, { losses }: Encoding): void {
  if (tool.ext !== undefined)
    losses.once('dropped', path, 'tool_extension', 'Extras of another protocol on a tool have no counterpart here.');
  if (tool.cache_control !== undefined)
    losses.once('dropped', path, 'cache_control', 'Providers of this protocol decide by themselves what they cache.');
}
