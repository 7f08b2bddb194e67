import { failure, type Outcome } from './reply.ts';
import type { ChatMessage, ChatRequest, ChatTool, Schema, ToolChoice } from './wire.ts';

type Fields = { readonly [field: string]: unknown };

/** Reads the body of a chat completion request. A body that makes no sense becomes a 400 in OpenAI's shape. */
export function readRequest(body: string): ChatRequest | (Outcome & { kind: 'failure' }) {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return invalid('We could not parse the JSON body of your request.');
  }
  if (!isObject(parsed)) return invalid('The body must be a JSON object.');
  const { model, messages } = parsed;
  if (typeof model !== 'string' || model === '') return invalid('you must provide a model parameter', 'model');
  if (!Array.isArray(messages) || messages.length === 0) {
    return invalid("Invalid type for 'messages': expected a non-empty array of messages.", 'messages');
  }
  const wrong = messages.findIndex((message) => !isMessage(message));
  if (wrong !== -1) return invalid(`Invalid message: expected an object with a role.`, `messages[${wrong}]`);
  return { model, messages: messages as ChatMessage[], ...readOptions(parsed) };
}

function readOptions(body: Fields): Omit<ChatRequest, 'model' | 'messages'> {
  const limit = body['max_completion_tokens'] ?? body['max_tokens'];
  const schema = readResponseSchema(body['response_format']);
  return {
    tools: Array.isArray(body['tools']) ? body['tools'].filter(isTool) : [],
    toolChoice: readToolChoice(body['tool_choice']),
    stream: body['stream'] === true,
    includeUsage: isObject(body['stream_options']) && body['stream_options']['include_usage'] === true,
    ...(typeof limit === 'number' && limit > 0 && { maxTokens: limit }),
    ...(schema !== undefined && { responseSchema: schema }),
  };
}

function readToolChoice(choice: unknown): ToolChoice {
  if (choice === 'none' || choice === 'required') return choice;
  if (isObject(choice) && isObject(choice['function']) && typeof choice['function']['name'] === 'string') {
    return { function: { name: choice['function']['name'] } };
  }
  return 'auto';
}

function readResponseSchema(format: unknown): Schema | undefined {
  if (!isObject(format) || format['type'] !== 'json_schema' || !isObject(format['json_schema'])) return undefined;
  const schema = format['json_schema']['schema'];
  return isObject(schema) ? schema : { type: 'object' };
}

function isMessage(message: unknown): message is ChatMessage {
  if (!isObject(message) || typeof message['role'] !== 'string') return false;
  const calls = message['tool_calls'];
  return calls === undefined || (Array.isArray(calls) && calls.every(isToolCall));
}

function isToolCall(call: unknown): boolean {
  return isObject(call) && isObject(call['function']) && typeof call['function']['name'] === 'string';
}

function isTool(tool: unknown): tool is ChatTool {
  return isObject(tool) && isObject(tool['function']) && typeof tool['function']['name'] === 'string';
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function invalid(message: string, param?: string): Outcome & { kind: 'failure' } {
  return failure(400, { message, type: 'invalid_request_error', ...(param !== undefined && { param }) });
}
