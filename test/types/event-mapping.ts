import type { BlockDelta, CanonicalEvent, ContentBlock } from '@claudex/sdk';

/** Every field of every member of a union, as `type.field`. */
type FieldOf<Member> = Member extends { type: infer Type extends string } ? `${Type}.${keyof Member & string}` : never;

/** What can carry something: an event, a block, a step of a block, or one of their fields. */
export type Carrier =
  | CanonicalEvent['type']
  | ContentBlock['type']
  | BlockDelta['type']
  | FieldOf<CanonicalEvent>
  | FieldOf<ContentBlock>;

/** The event types that occur in recorded Responses traffic. */
type ResponsesEventType =
  | 'error'
  | 'response.apply_patch_call_operation_diff.delta'
  | 'response.apply_patch_call_operation_diff.done'
  | 'response.code_interpreter_call.completed'
  | 'response.code_interpreter_call.in_progress'
  | 'response.code_interpreter_call.interpreting'
  | 'response.code_interpreter_call_code.delta'
  | 'response.code_interpreter_call_code.done'
  | 'response.completed'
  | 'response.content_part.added'
  | 'response.content_part.done'
  | 'response.created'
  | 'response.custom_tool_call_input.delta'
  | 'response.failed'
  | 'response.file_search_call.completed'
  | 'response.file_search_call.in_progress'
  | 'response.file_search_call.searching'
  | 'response.function_call_arguments.delta'
  | 'response.function_call_arguments.done'
  | 'response.image_generation_call.completed'
  | 'response.image_generation_call.generating'
  | 'response.image_generation_call.in_progress'
  | 'response.image_generation_call.partial_image'
  | 'response.in_progress'
  | 'response.incomplete'
  | 'response.mcp_call.completed'
  | 'response.mcp_call.in_progress'
  | 'response.mcp_call_arguments.delta'
  | 'response.mcp_call_arguments.done'
  | 'response.mcp_list_tools.completed'
  | 'response.mcp_list_tools.in_progress'
  | 'response.output_item.added'
  | 'response.output_item.done'
  | 'response.output_text.annotation.added'
  | 'response.output_text.delta'
  | 'response.output_text.done'
  | 'response.queued'
  | 'response.reasoning_summary_part.added'
  | 'response.reasoning_summary_part.done'
  | 'response.reasoning_summary_text.delta'
  | 'response.reasoning_summary_text.done'
  | 'response.reasoning_text.delta'
  | 'response.reasoning_text.done'
  | 'response.refusal.delta'
  | 'response.refusal.done'
  | 'response.shell_call_command.added'
  | 'response.shell_call_command.delta'
  | 'response.shell_call_command.done'
  | 'response.shell_call_output_content.delta'
  | 'response.shell_call_output_content.done'
  | 'response.web_search_call.completed'
  | 'response.web_search_call.in_progress'
  | 'response.web_search_call.searching';

/** The types of output items that occur in recorded Responses traffic. */
type ResponsesItemType =
  | 'apply_patch_call'
  | 'code_interpreter_call'
  | 'compaction'
  | 'custom_tool_call'
  | 'file_search_call'
  | 'function_call'
  | 'image_generation_call'
  | 'local_shell_call'
  | 'mcp_approval_request'
  | 'mcp_call'
  | 'mcp_list_tools'
  | 'message'
  | 'program'
  | 'program_output'
  | 'reasoning'
  | 'shell_call'
  | 'shell_call_output'
  | 'tool_search_call'
  | 'tool_search_output'
  | 'web_search_call';

/** The types of parts, outputs and annotations inside those items. */
type ResponsesPartType =
  | 'container_file_citation'
  | 'file_citation'
  | 'image'
  | 'logs'
  | 'output_text'
  | 'reasoning_text'
  | 'refusal'
  | 'summary_text'
  | 'url_citation';

/** Where Gemini puts its thought signatures, in its own protocol and through Chat Completions. */
type ThoughtSignaturePlace =
  | 'functionCall.thoughtSignature'
  | 'text.thoughtSignature'
  | 'thought.thoughtSignature'
  | 'tool_calls.extra_content.google.thought_signature';

/** What carries each event. */
export const RESPONSES_EVENTS = {
  error: ['error'],
  'response.apply_patch_call_operation_diff.delta': ['input_json_delta'],
  'response.apply_patch_call_operation_diff.done': ['input_json_delta'],
  'response.code_interpreter_call.completed': ['ping'],
  'response.code_interpreter_call.in_progress': ['ping'],
  'response.code_interpreter_call.interpreting': ['ping'],
  'response.code_interpreter_call_code.delta': ['input_json_delta'],
  'response.code_interpreter_call_code.done': ['input_json_delta'],
  'response.completed': ['message_delta', 'message_stop'],
  'response.content_part.added': ['content_block_start'],
  'response.content_part.done': ['content_block_stop'],
  'response.created': ['message_start'],
  'response.custom_tool_call_input.delta': ['input_json_delta'],
  'response.failed': ['error'],
  'response.file_search_call.completed': ['ping'],
  'response.file_search_call.in_progress': ['ping'],
  'response.file_search_call.searching': ['ping'],
  'response.function_call_arguments.delta': ['input_json_delta'],
  'response.function_call_arguments.done': ['input_json_delta'],
  'response.image_generation_call.completed': ['ping'],
  'response.image_generation_call.generating': ['ping'],
  'response.image_generation_call.in_progress': ['ping'],
  'response.image_generation_call.partial_image': ['loss'],
  'response.in_progress': ['ping'],
  'response.incomplete': ['message_delta', 'message_stop'],
  'response.mcp_call.completed': ['ping'],
  'response.mcp_call.in_progress': ['ping'],
  'response.mcp_call_arguments.delta': ['input_json_delta'],
  'response.mcp_call_arguments.done': ['input_json_delta'],
  'response.mcp_list_tools.completed': ['ping'],
  'response.mcp_list_tools.in_progress': ['ping'],
  'response.output_item.added': ['content_block_start'],
  'response.output_item.done': ['signature_delta', 'content_block_stop'],
  'response.output_text.annotation.added': ['citations_delta'],
  'response.output_text.delta': ['text_delta'],
  'response.output_text.done': ['text_delta'],
  'response.queued': ['ping'],
  'response.reasoning_summary_part.added': ['thinking_delta'],
  'response.reasoning_summary_part.done': ['thinking_delta'],
  'response.reasoning_summary_text.delta': ['thinking_delta'],
  'response.reasoning_summary_text.done': ['thinking_delta'],
  'response.reasoning_text.delta': ['thinking_delta'],
  'response.reasoning_text.done': ['thinking_delta'],
  'response.refusal.delta': ['text_delta', 'message_delta.stop_reason'],
  'response.refusal.done': ['text_delta', 'message_delta.stop_reason'],
  'response.shell_call_command.added': ['input_json_delta'],
  'response.shell_call_command.delta': ['input_json_delta'],
  'response.shell_call_command.done': ['input_json_delta'],
  'response.shell_call_output_content.delta': ['server_tool_result.content'],
  'response.shell_call_output_content.done': ['server_tool_result.content'],
  'response.web_search_call.completed': ['ping'],
  'response.web_search_call.in_progress': ['ping'],
  'response.web_search_call.searching': ['ping'],
} as const satisfies Record<ResponsesEventType, readonly Carrier[]>;

/** What carries each output item. */
export const RESPONSES_ITEMS = {
  apply_patch_call: ['tool_use'],
  code_interpreter_call: ['server_tool_use', 'server_tool_result'],
  compaction: ['thinking.signature'],
  custom_tool_call: ['tool_use'],
  file_search_call: ['server_tool_use', 'server_tool_result'],
  function_call: ['tool_use', 'thinking.signature'],
  image_generation_call: ['server_tool_use', 'server_tool_result'],
  local_shell_call: ['tool_use'],
  mcp_approval_request: ['text', 'loss'],
  mcp_call: ['server_tool_use', 'server_tool_use.server_name', 'server_tool_result', 'server_tool_result.is_error'],
  mcp_list_tools: ['loss'],
  message: ['text', 'thinking.signature'],
  program: ['server_tool_use', 'thinking.signature'],
  program_output: ['server_tool_result'],
  reasoning: ['thinking', 'thinking.signature'],
  shell_call: ['server_tool_use', 'tool_use'],
  shell_call_output: ['server_tool_result'],
  tool_search_call: ['server_tool_use', 'tool_use'],
  tool_search_output: ['server_tool_result'],
  web_search_call: ['server_tool_use', 'server_tool_result'],
} as const satisfies Record<ResponsesItemType, readonly Carrier[]>;

/** What carries each part, output and annotation. */
export const RESPONSES_PARTS = {
  container_file_citation: ['text.citations'],
  file_citation: ['text.citations'],
  image: ['server_tool_result.content'],
  logs: ['server_tool_result.content'],
  output_text: ['text'],
  reasoning_text: ['thinking'],
  refusal: ['text', 'message_delta.stop_reason'],
  summary_text: ['thinking'],
  url_citation: ['text.citations'],
} as const satisfies Record<ResponsesPartType, readonly Carrier[]>;

/** What carries each thought signature. */
export const THOUGHT_SIGNATURES = {
  'functionCall.thoughtSignature': ['thinking.signature'],
  'text.thoughtSignature': ['thinking.signature'],
  'thought.thoughtSignature': ['thinking.signature'],
  'tool_calls.extra_content.google.thought_signature': ['thinking.signature'],
} as const satisfies Record<ThoughtSignaturePlace, readonly Carrier[]>;
