import { isJsonObject } from '@claudex/sdk';
import type { HttpRequest } from '../../http/index.ts';
import { parseJsonObject } from '../parse-json.ts';

/** The name on the wire of the tool at this place of a request as it was sent, counted from 0. */
export function toolAt(body: HttpRequest['body'], index: number): string | undefined {
  if (body === undefined) return undefined;
  const tools = parseJsonObject(typeof body === 'string' ? body : Buffer.from(body))?.['tools'];
  const tool = Array.isArray(tools) ? tools[index] : undefined;
  if (!isJsonObject(tool)) return undefined;
  // Chat Completions put the name one level deeper than all others.
  const name = isJsonObject(tool['function']) ? tool['function']['name'] : tool['name'];
  return typeof name === 'string' ? name : undefined;
}
