import type { Json, JsonObject } from '@claudex/sdk';

/*
 * Requests of OpenAI Responses: only the fields that are written here. The items of `input` are what a conversation
 * consists of; they stand side by side, where other protocols nest calls and reasoning in messages.
 */

/** Text that the model reads. */
export type ResponsesTextPart = { type: 'input_text'; text: string };

/** A picture; `image_url` may be a data URI. `detail` is always said, because strict servers miss it. */
export type ResponsesImagePart = { type: 'input_image'; image_url: string; detail: 'auto' };

/** A document: in the request itself as a data URI, or where it can be fetched. */
export type ResponsesFilePart =
  | { type: 'input_file'; filename: string; file_data: string }
  | { type: 'input_file'; file_url: string };

/** What a message of the user and the output of a call are made of. */
export type ResponsesInputPart = ResponsesTextPart | ResponsesImagePart | ResponsesFilePart;

/** Text that the model wrote. `annotations` is always there, because strict servers miss it. */
export type ResponsesOutputText = { type: 'output_text'; text: string; annotations: Json[] };

/** Instructions within the conversation. */
export type ResponsesInstructionMessage = {
  type: 'message';
  role: 'system' | 'developer';
  content: ResponsesTextPart[];
};

/** What the user said. */
export type ResponsesUserMessage = { type: 'message'; role: 'user'; content: ResponsesInputPart[] };

/** What the model said. `phase` comes back as the provider gave it, e.g. `commentary` or `final_answer`. */
export type ResponsesAssistantMessage = {
  type: 'message';
  role: 'assistant';
  content: ResponsesOutputText[];
  phase?: string;
};

/** A call the model made; `arguments` is JSON in a string. Other fields come back as the provider gave them. */
export type ResponsesFunctionCall = {
  type: 'function_call';
  call_id: string;
  name: string;
  arguments: string;
  [field: string]: Json;
};

/** What a call led to: text, or a list of parts where there is more than text. */
export type ResponsesFunctionCallOutput = {
  type: 'function_call_output';
  call_id: string;
  output: string | ResponsesInputPart[];
  /** Who made the call, where the provider said so. */
  caller?: Json;
};

/** Reasoning as the provider gave it, without its id. `summary` must be there, even if it is empty. */
export type ResponsesReasoning = { type: 'reasoning'; [field: string]: Json };

/** A conversation that the provider cut short itself, encrypted. */
export type ResponsesCompaction = { type: 'compaction'; [field: string]: Json };

/** A program of the model's own, which makes calls; `fingerprint` comes back as the provider gave it. */
export type ResponsesProgram = { type: 'program'; call_id: string; code: string; fingerprint: string };

/** What such a program came to. */
export type ResponsesProgramOutput = { type: 'program_output'; call_id: string; result: string; status: 'completed' };

/** The list of tools, for servers that refuse it at the top of the request. */
export type ResponsesAdditionalTools = { type: 'additional_tools'; role: 'developer'; tools: ResponsesTool[] };

/** One item of the conversation. */
export type ResponsesInputItem =
  | ResponsesInstructionMessage
  | ResponsesUserMessage
  | ResponsesAssistantMessage
  | ResponsesFunctionCall
  | ResponsesFunctionCallOutput
  | ResponsesReasoning
  | ResponsesCompaction
  | ResponsesProgram
  | ResponsesProgramOutput
  | ResponsesAdditionalTools;

/**
 * A function offered to the model. `strict` is said wherever it is known: its default is true, which most schemas do not
 * satisfy.
 */
export type ResponsesFunctionTool = {
  type: 'function';
  name: string;
  description?: string;
  parameters: JsonObject;
  strict?: false;
};

/** The provider's own web search. */
export type ResponsesWebSearchTool = {
  type: 'web_search';
  filters?: { allowed_domains: string[] };
  /** Has the same fields as the client's. */
  user_location?: JsonObject;
};

/** Anything in the list of tools. */
export type ResponsesTool = ResponsesFunctionTool | ResponsesWebSearchTool;

/** Which tool the model may or must call. */
export type ResponsesToolChoice =
  | 'auto'
  | 'none'
  | 'required'
  | { type: 'function'; name: string }
  | { type: 'web_search' };

/** The shape of the answer. */
export type ResponsesTextFormat =
  | { type: 'json_schema'; name: string; schema: JsonObject; strict: false }
  | { type: 'json_object' };

/** How much to reason, and whether to tell about it. */
export type ResponsesReasoningRequest = { effort?: string; summary?: 'auto' };

/** What must be asked for to be in the answer. */
export type ResponsesIncludable = 'reasoning.encrypted_content' | 'web_search_call.action.sources';

/** The body of a request. */
export type ResponsesRequest = {
  model: string;
  instructions?: string;
  input: ResponsesInputItem[];
  tools?: ResponsesTool[];
  tool_choice?: ResponsesToolChoice;
  parallel_tool_calls?: false;
  reasoning?: ResponsesReasoningRequest;
  include?: ResponsesIncludable[];
  text?: { format: ResponsesTextFormat };
  max_output_tokens?: number;
  temperature?: number;
  top_p?: number;
  /** Known to some local servers only. */
  top_k?: number;
  user?: string;
  safety_identifier?: string;
  prompt_cache_key?: string;
  stream: boolean;
  store?: false;
};
