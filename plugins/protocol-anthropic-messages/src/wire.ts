/*
 * The JSON of Anthropic Messages as far as it is read or written here. Every object is open, every field a provider
 * fills in is optional, and string unions take words that are not known yet.
 */

type Open = { [field: string]: unknown };

/** Any content block, in requests and answers; which fields it has depends on `type`. */
export type WireBlock = Open & {
  type?: string;
  text?: string;
  thinking?: string;
  signature?: string;
  data?: string;
  id?: string;
  name?: string;
  input?: unknown;
  tool_use_id?: string;
  content?: unknown;
  citations?: unknown;
};

/** One turn of a request. */
export type WireTurn = Open & {
  role: 'user' | 'assistant' | 'system' | (string & {});
  content: string | WireBlock[];
};

/** A tool of the client (no `type`, or `custom`) or a server tool (any other `type`). */
export type WireTool = Open & {
  type?: string | null;
  name?: string;
  description?: string;
  input_schema?: unknown;
};

/** The body of a request. */
export type WireRequest = Open & {
  model: string;
  messages: WireTurn[];
  system?: string | WireBlock[];
  max_tokens?: number;
  tools?: WireTool[];
  stream?: boolean | null;
};

/** Token counts; `null` means not reported. */
export type WireUsage = Open & {
  input_tokens?: number | null;
  output_tokens?: number | null;
  cache_read_input_tokens?: number | null;
  cache_creation_input_tokens?: number | null;
};

/** A complete answer, and the head of a streamed one. */
export type WireMessage = Open & {
  id?: string;
  type?: string;
  role?: string;
  model?: string;
  content?: WireBlock[];
  stop_reason?: string | null;
  stop_sequence?: string | null;
  usage?: WireUsage;
};

/** The steps an open block grows by. */
export type WireDelta = Open & {
  type?: string;
  text?: string;
  thinking?: string;
  signature?: string;
  partial_json?: string;
  citation?: unknown;
};

/** The `data` of one Server-Sent Event; which fields it has depends on `type`. */
export type WireStreamEvent = Open & {
  type?: string;
  message?: WireMessage;
  index?: number;
  content_block?: WireBlock;
  delta?: unknown;
  usage?: WireUsage;
  error?: WireError;
};

/** What went wrong, inside an error body or an `error` event. */
export type WireError = Open & {
  type?: string;
  message?: string;
};

/** The body of every failed request. */
export type WireErrorBody = Open & {
  type?: string;
  error?: WireError;
  request_id?: string | null;
};

/** The list of models. */
export type WireModelList = Open & {
  data?: (Open & { id?: string })[];
};
