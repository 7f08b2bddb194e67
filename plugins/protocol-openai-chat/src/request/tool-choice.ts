import type { ChatRequest } from '../wire.ts';
import type { Encoding } from './encoding.ts';

/** Writes which tool the model may or must call, and whether it may call several at once. */
export function encodeToolChoice(body: ChatRequest, encoding: Encoding): void {
  const { request, quirks } = encoding.context;
  const choice = request.tool_choice;
  if (body.tools === undefined) {
    if (choice?.type === 'any' || choice?.type === 'tool')
      encoding.losses.dropped('tool_choice', 'tool_choice', 'There is no tool left to choose.');
    return;
  }
  if (choice?.type === 'auto' || choice?.type === 'none') body.tool_choice = choice.type;
  else if (choice !== undefined) encodeForcedChoice(choice, body, encoding);
  const wantsSingle = choice !== undefined && choice.type !== 'none' && choice.disable_parallel_tool_use === true;
  if (quirks.parallelToolCallsSwitch !== false) {
    if (wantsSingle || quirks.parallelToolCalls === false) body.parallel_tool_calls = false;
  } else if (wantsSingle) {
    encoding.losses.dropped(
      'tool_choice.disable_parallel_tool_use',
      'parallel_tool_calls',
      'This provider has no switch for parallel tool calls.',
    );
  }
}

function encodeForcedChoice(
  choice: { readonly type: 'any' } | { readonly type: 'tool'; readonly name: string },
  body: ChatRequest,
  encoding: Encoding,
): void {
  body.tool_choice = 'auto';
  if (encoding.context.quirks.forcedToolChoice === false) {
    encoding.losses.degraded('tool_choice', 'tool_choice', 'This model cannot be made to call a tool.');
    return;
  }
  if (choice.type === 'any') {
    body.tool_choice = 'required';
    return;
  }
  const name = encoding.names.toWire(choice.name);
  if (body.tools?.some((tool) => tool.function.name === name) === true)
    body.tool_choice = { type: 'function', function: { name } };
  else
    encoding.losses.degraded(
      'tool_choice',
      'tool_choice',
      'The tool that must be called is not offered to this provider.',
    );
}
