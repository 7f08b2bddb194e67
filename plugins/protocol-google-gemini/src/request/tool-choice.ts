import type { ToolChoice } from '@claudex/sdk';
import type { GeminiFunctionDeclaration, GeminiRequest, GeminiToolConfig } from '../wire.ts';
import type { Encoding } from './encoding.ts';

type CallingConfig = NonNullable<GeminiToolConfig['functionCallingConfig']>;

/** Writes which function the model may or must call. Without functions nothing of it may be sent. */
export function encodeToolChoice(
  body: GeminiRequest,
  functions: readonly GeminiFunctionDeclaration[],
  hasSearch: boolean,
  encoding: Encoding,
): void {
  const choice = encoding.context.request.tool_choice;
  if (choice === undefined) return;
  const { losses } = encoding;
  if (functions.length > 0) {
    body.toolConfig = { functionCallingConfig: callingConfig(choice, functions, encoding) };
    if (choice.type !== 'none' && choice.disable_parallel_tool_use === true)
      losses.dropped(
        'tool_choice.disable_parallel_tool_use',
        'parallel_tool_calls',
        'This provider has no switch for parallel tool calls.',
      );
  } else if (choice.type === 'any' || choice.type === 'tool') {
    if (hasSearch) losses.degraded('tool_choice', 'tool_choice', 'The model itself decides whether to search.');
    else losses.dropped('tool_choice', 'tool_choice', 'There is no tool left to choose.');
  }
}

function callingConfig(
  choice: ToolChoice,
  functions: readonly GeminiFunctionDeclaration[],
  { context, losses, names }: Encoding,
): CallingConfig {
  if (choice.type === 'auto') return { mode: 'AUTO' };
  if (choice.type === 'none') return { mode: 'NONE' };
  if (context.quirks.forcedToolChoice === false) {
    losses.degraded('tool_choice', 'tool_choice', 'This model cannot be made to call a tool.');
    return { mode: 'AUTO' };
  }
  if (choice.type === 'any') return { mode: 'ANY' };
  const name = names.toWire(choice.name);
  if (functions.some((declared) => declared.name === name)) return { mode: 'ANY', allowedFunctionNames: [name] };
  losses.degraded('tool_choice', 'tool_choice', 'The tool that must be called is not offered to this provider.');
  return { mode: 'AUTO' };
}
