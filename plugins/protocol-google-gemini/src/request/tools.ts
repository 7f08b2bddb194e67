import { isJsonObject, type ClientTool, type JsonObject } from '@claudex/sdk';
import { enumsForConsts, offeredTools, toolSchema } from '@claudex/sdk/codec';
import type { GeminiFunctionDeclaration, GeminiRequest, GeminiTool } from '../wire.ts';
import { noteCacheControl } from './content.ts';
import type { Encoding } from './encoding.ts';
import { encodeToolChoice } from './tool-choice.ts';
import { isOwnSearch, noteSettings } from './web-search.ts';

/** Writes the tools the model may call and how it may call them into the body. */
export function encodeTools(body: GeminiRequest, encoding: Encoding): void {
  const functions: GeminiFunctionDeclaration[] = [];
  const offered = offeredTools(encoding.context.request, encoding.losses);
  for (const { tool, path } of offered) {
    const declaration = tool.kind === 'client' ? encodeTool(tool, path, encoding) : undefined;
    if (declaration !== undefined) functions.push(declaration);
  }
  const tools: GeminiTool[] = functions.length > 0 ? [{ functionDeclarations: functions }] : [];
  for (const { tool, path } of offered) {
    if (tool.kind === 'client') continue;
    if (isOwnSearch(tool, functions.length > 0, encoding)) {
      noteSettings(tool, path, encoding);
      tools.push({ googleSearch: {} });
    } else
      encoding.losses.dropped(
        path,
        'server_tool',
        'A tool that Anthropic runs itself cannot be offered by this provider.',
      );
  }
  if (tools.length > 0) body.tools = tools;
  const hasSearch = tools.some((tool) => 'googleSearch' in tool);
  encodeToolChoice(body, functions, hasSearch, encoding);
  // Without the switch the mixture is refused (issues of Google's own libraries, 2026); Vertex does not have it.
  if (hasSearch && functions.length > 0)
    body.toolConfig = { ...body.toolConfig, includeServerSideToolInvocations: true };
}

/** A tool as a function; `undefined` when the provider cannot be given it. */
function encodeTool(tool: ClientTool, path: string, encoding: Encoding): GeminiFunctionDeclaration | undefined {
  const { losses, names, unusableTools, context } = encoding;
  noteCacheControl(tool, path, encoding);
  if (tool.ext !== undefined)
    losses.once('dropped', path, 'tool_extension', 'Extras of another protocol on a tool have no counterpart here.');
  const name = names.toWire(tool.name);
  const dialect = context.quirks.schemaDialect ?? 'plain-root';
  const schema = toolSchema(tool, { dialect, isRefused: unusableTools.has(name) }, path, losses);
  if (schema === undefined) {
    unusableTools.add(name);
    return undefined;
  }
  const { description } = tool;
  return {
    name,
    ...(description !== undefined && description !== '' && { description }),
    ...(dialect === 'gemini' ? ownSchema(schema) : { parametersJsonSchema: enumsForConsts(schema) }),
  };
}

/** Google's own dialect knows no object without properties: a function without arguments has no schema there. */
function ownSchema(schema: JsonObject): { parameters?: JsonObject } {
  const { properties } = schema;
  return isJsonObject(properties) && Object.keys(properties).length > 0 ? { parameters: schema } : {};
}
