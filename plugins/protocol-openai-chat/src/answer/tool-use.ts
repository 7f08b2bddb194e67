import { isJsonObject, type JsonObject, type ToolUseBlock } from '@claudex/sdk';
import { parseJson, type ClientCallIds, type LossLog, type ToolNames } from '@claudex/sdk/codec';
import type { ChatFunction } from '../wire.ts';
import { argumentsText } from './tool-calls.ts';

/** A call of a complete answer. */
export interface WholeCall {
  readonly id?: unknown;
  readonly function: ChatFunction;
}

/** Shown for a call without a name: the client answers that it has no such tool, and the model tries again. */
export const NAMELESS_TOOL = 'unnamed_tool';

/** Turns a whole call into a block under the client's own name for the tool. `path` is where the block will stand. */
export function decodeToolUse(
  call: WholeCall,
  path: string,
  ids: ClientCallIds,
  names: ToolNames,
  losses: LossLog,
): ToolUseBlock {
  const name = typeof call.function.name === 'string' ? call.function.name : '';
  if (name === '') losses.adjusted(`${path}.name`, 'tool_name', 'The provider sent a tool call without a name.');
  return {
    type: 'tool_use',
    id: ids.issue(typeof call.id === 'string' ? call.id : ''),
    name: name === '' ? NAMELESS_TOOL : names.toClient(name),
    input: decodeArguments(argumentsText(call.function.arguments), path, losses),
  };
}

/**
 * Arguments that are not a JSON object are handed over whole under one key no tool has. A stream can pass them
 * on as they are, and the client then reports bad JSON to the model; here an object must be made of them, and
 * an empty one would look like a call without arguments: it might run, and the model would never learn why.
 */
function decodeArguments(text: string, path: string, losses: LossLog): JsonObject {
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
