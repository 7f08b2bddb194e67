import { isJsonObject, type JsonObject } from '@claudex/sdk';
import { parseJson, type LossLog } from '@claudex/sdk/codec';

/**
 * Reads the arguments of a whole call. Arguments that are not a JSON object are handed over whole under one key no tool
 * has. A stream can pass them on as they are, and the client then reports bad JSON to the model; here an object must be
 * made of them, and an empty one would look like a call without arguments: it might run, and the model would never learn
 * why. `path` is where the call stands.
 */
export function decodeToolInput(text: string, path: string, losses: LossLog): JsonObject {
  if (text.trim() === '') return {};
  const parsed = parseJson(text);
  // Some servers encode twice.
  const value = typeof parsed === 'string' ? parseJson(parsed) : parsed;
  if (isJsonObject(value)) return value;
  losses.degraded(
    `${path}.input`,
    'tool_arguments',
    'The arguments of the call are not a JSON object and are passed on as text.',
  );
  return { unparsed_arguments: text };
}
