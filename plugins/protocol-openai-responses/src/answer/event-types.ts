/** An event about an output item: its type, and the type of the item. */
export interface ItemEvent {
  readonly type: string;
  readonly itemType: string;
}

const ITEM_OF_EVENT: readonly (readonly [type: string, itemType: string])[] = [
  ['response.output_text.delta', 'message'],
  ['response.output_text.done', 'message'],
  ['response.output_text.annotation.added', 'message'],
  ['response.refusal.delta', 'message'],
  ['response.refusal.done', 'message'],
  ['response.reasoning_summary_text.delta', 'reasoning'],
  ['response.reasoning_summary_text.done', 'reasoning'],
  ['response.reasoning_summary_part.done', 'reasoning'],
  ['response.reasoning_text.delta', 'reasoning'],
  ['response.reasoning_text.done', 'reasoning'],
  ['response.function_call_arguments.delta', 'function_call'],
  ['response.function_call_arguments.done', 'function_call'],
  ['response.custom_tool_call_input.delta', 'custom_tool_call'],
  ['response.custom_tool_call_input.done', 'custom_tool_call'],
  ['response.mcp_call_arguments.delta', 'mcp_call'],
  ['response.mcp_call_arguments.done', 'mcp_call'],
  ['response.code_interpreter_call_code.delta', 'code_interpreter_call'],
  ['response.code_interpreter_call_code.done', 'code_interpreter_call'],
  ['response.apply_patch_call_operation_diff.delta', 'apply_patch_call'],
  ['response.apply_patch_call_operation_diff.done', 'apply_patch_call'],
  ['response.shell_call_command.added', 'shell_call'],
  ['response.shell_call_command.delta', 'shell_call'],
  ['response.shell_call_command.done', 'shell_call'],
  ['response.shell_call_output_content.delta', 'shell_call_output'],
  ['response.shell_call_output_content.done', 'shell_call_output'],
];

/** The events about items by their type. */
export const ITEM_EVENTS: ReadonlyMap<string, ItemEvent> = new Map(
  ITEM_OF_EVENT.map(([type, itemType]) => [type, { type, itemType }]),
);

/** The type of item that a content part of this type belongs to. */
export const ITEM_OF_PART: ReadonlyMap<unknown, string> = new Map([
  ['output_text', 'message'],
  ['refusal', 'message'],
  ['reasoning_text', 'reasoning'],
]);

/** Events that begin the answer or only say that work goes on. */
const PROGRESS =
  /^response\.(?:created|in_progress|queued|(?:web_search|file_search|code_interpreter|image_generation|mcp)_call\.\w+|mcp_list_tools\.\w+)$/;

/** Whether an event that has caused nothing deserves a ping: it reports progress, or what it brought is held back. */
export function showsProgress(type: string): boolean {
  return type.endsWith('.delta') || PROGRESS.test(type);
}
