import { isJsonObject, type Json } from '@claudex/sdk';
import type { HttpRequest } from '../../http/index.ts';
import { parseJsonObject } from '../parse-json.ts';

/** The name on the wire of the tool at this place of a request as it was sent, counted from 0. */
export function toolAt(body: HttpRequest['body'], index: number): string | undefined {
  if (body === undefined) return undefined;
  const tools = parseJsonObject(typeof body === 'string' ? body : Buffer.from(body))?.['tools'];
  // Gemini has all functions in one entry of the list, and counts them there.
  const all = Array.isArray(tools) ? tools.flatMap(functionsOf) : [];
  const tool = all[index];
  if (!isJsonObject(tool)) return undefined;
  // Chat Completions put the name one level deeper than all others.
  const name = isJsonObject(tool['function']) ? tool['function']['name'] : tool['name'];
  return typeof name === 'string' ? name : undefined;
}

function functionsOf(tool: Json): Json | Json[] {
  const functions = isJsonObject(tool) ? tool['functionDeclarations'] : undefined;
  return Array.isArray(functions) ? functions : tool;
}
