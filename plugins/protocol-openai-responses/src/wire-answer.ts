/*
 * What servers answer with in the Responses protocol: only the fields that are read here, every object open, and
 * everything optional and of any type, because many servers imitate this protocol and none does it in full.
 */

/** Token counts of an answer. */
export interface ResponsesUsage {
  input_tokens?: unknown;
  output_tokens?: unknown;
  total_tokens?: unknown;
  input_tokens_details?: { cached_tokens?: unknown; cache_write_tokens?: unknown } | null;
  output_tokens_details?: { reasoning_tokens?: unknown } | null;
  [field: string]: unknown;
}

/** A piece of a message or of reasoning: `output_text`, `refusal`, `reasoning_text` or `summary_text`. */
export interface ResponsesPart {
  type?: unknown;
  text?: unknown;
  refusal?: unknown;
  annotations?: unknown;
  [field: string]: unknown;
}

/** One entry of `output`. Beside its type everything depends on the type. */
export interface ResponsesItem {
  type?: unknown;
  id?: unknown;
  call_id?: unknown;
  status?: unknown;
  name?: unknown;
  /** JSON text of a call, an object from some servers. */
  arguments?: unknown;
  /** Parts of a message or of raw reasoning. */
  content?: unknown;
  /** Parts of the summary of reasoning. */
  summary?: unknown;
  encrypted_content?: unknown;
  /** What a message is for, e.g. `commentary` or `final_answer`. */
  phase?: unknown;
  [field: string]: unknown;
}

/** A complete answer, the body of `response.completed` too. */
export interface ResponsesAnswer {
  id?: unknown;
  model?: unknown;
  /** `completed`, `incomplete`, `failed`, `cancelled`, `in_progress` or `queued`. */
  status?: unknown;
  error?: unknown;
  incomplete_details?: unknown;
  output?: unknown;
  usage?: unknown;
  [field: string]: unknown;
}

/** One event of a stream. Which fields it has depends on its type. */
export interface ResponsesEvent {
  type?: unknown;
  /** Place of the item in `output`. */
  output_index?: unknown;
  /** Id of the item; some servers give another one in every event. */
  item_id?: unknown;
  content_index?: unknown;
  summary_index?: unknown;
  command_index?: unknown;
  delta?: unknown;
  text?: unknown;
  refusal?: unknown;
  logprobs?: unknown;
  item?: unknown;
  part?: unknown;
  annotation?: unknown;
  response?: unknown;
  error?: unknown;
  [field: string]: unknown;
}
