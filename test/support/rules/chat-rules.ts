/*
 * What every provider of Chat Completions demands of a request, and what strict ones demand beside it: a translation
 * that satisfies these is refused by none of them for its shape.
 */

interface Call {
  readonly id?: unknown;
  readonly type?: unknown;
  readonly function?: { readonly name?: unknown; readonly arguments?: unknown };
}

interface Message {
  readonly role?: unknown;
  readonly content?: unknown;
  readonly tool_calls?: readonly Call[];
  readonly tool_call_id?: unknown;
  readonly [field: string]: unknown;
}

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const ROLES: ReadonlySet<unknown> = new Set(['system', 'developer', 'user', 'assistant', 'tool']);
const PARTS: ReadonlySet<unknown> = new Set(['text', 'image_url', 'file', 'document_url', 'thinking']);

/** Every rule that a body breaks, as sentences; empty when it is sound. */
export function chatViolations(body: { readonly [field: string]: unknown }): string[] {
  const found: string[] = [];
  if (typeof body['model'] !== 'string' || body['model'] === '') found.push('model is no name');
  const messages = Array.isArray(body['messages']) ? (body['messages'] as Message[]) : [];
  if (messages.length === 0) found.push('there are no messages');
  for (const [index, message] of messages.entries()) {
    for (const problem of messageProblems(message, messages[index - 1])) found.push(`messages[${index}]: ${problem}`);
  }
  found.push(...callProblems(messages), ...toolProblems(body));
  for (const [field, value] of Object.entries(body)) {
    if (value === undefined || value === null) found.push(`${field} is empty`);
  }
  return found;
}

function messageProblems(message: Message, before: Message | undefined): string[] {
  const found: string[] = [];
  if (!ROLES.has(message.role)) found.push(`role ${String(message.role)}`);
  if (message.role !== 'tool' && message.role === before?.role && message.role !== 'system')
    found.push(`a second ${String(message.role)} message in a row`);
  const calls = message.tool_calls ?? [];
  if (message.tool_calls !== undefined && calls.length === 0) found.push('an empty list of calls');
  if (message.content === null || message.content === undefined) {
    if (message.role !== 'assistant' || calls.length === 0) found.push('no content');
  } else if (typeof message.content === 'string') {
    if (message.content === '' && calls.length === 0 && message['reasoning_content'] === undefined)
      found.push('empty content');
  } else if (Array.isArray(message.content)) {
    found.push(...partProblems(message.content, message.role));
  } else found.push('content is neither text nor parts');
  return found;
}

function partProblems(parts: readonly { readonly type?: unknown; readonly text?: unknown }[], role: unknown): string[] {
  const found: string[] = [];
  if (parts.length === 0) found.push('an empty list of parts');
  if (role === 'tool') found.push('a tool message that is no string');
  for (const part of parts) {
    if (!PARTS.has(part.type)) found.push(`a part of type ${String(part.type)}`);
    if (part.type === 'text' && (typeof part.text !== 'string' || part.text === '')) found.push('an empty text part');
  }
  return found;
}

/** Each call is answered once, directly after the message it stands in, and no id is used twice. */
function callProblems(messages: readonly Message[]): string[] {
  const found: string[] = [];
  const used = new Set<unknown>();
  let open: unknown[] = [];
  for (const [index, message] of messages.entries()) {
    if (message.role === 'tool') {
      if (open.includes(message.tool_call_id)) open = open.filter((id) => id !== message.tool_call_id);
      else found.push(`messages[${index}]: answers no open call`);
      continue;
    }
    if (open.length > 0) found.push(`messages[${index}]: comes before ${open.length} calls were answered`);
    open = (message.tool_calls ?? []).map(({ id }) => id);
    for (const call of message.tool_calls ?? []) {
      if (typeof call.id !== 'string' || !NAME.test(call.id))
        found.push(`messages[${index}]: call id ${String(call.id)}`);
      if (used.has(call.id)) found.push(`messages[${index}]: call id ${String(call.id)} is used twice`);
      used.add(call.id);
      if (!NAME.test(String(call.function?.name)))
        found.push(`messages[${index}]: name ${String(call.function?.name)}`);
      if (!isJsonObjectText(call.function?.arguments)) found.push(`messages[${index}]: arguments are no JSON object`);
    }
  }
  return open.length > 0 ? [...found, `${open.length} calls are never answered`] : found;
}

function toolProblems(body: { readonly [field: string]: unknown }): string[] {
  const { tools, tool_choice: choice } = body;
  if (tools === undefined) return choice === undefined ? [] : ['tool_choice without tools'];
  if (!Array.isArray(tools) || tools.length === 0) return ['an empty list of tools'];
  const found: string[] = [];
  const names = new Set<string>();
  for (const [index, tool] of (tools as { type?: unknown; function?: { [field: string]: unknown } }[]).entries()) {
    const name = String(tool.function?.['name']);
    if (tool.type !== 'function') found.push(`tools[${index}]: type ${String(tool.type)}`);
    if (!NAME.test(name)) found.push(`tools[${index}]: name ${name}`);
    if (names.has(name)) found.push(`tools[${index}]: name ${name} is used twice`);
    names.add(name);
    const parameters = tool.function?.['parameters'] as { [field: string]: unknown } | undefined;
    if (parameters?.['type'] !== 'object') found.push(`tools[${index}]: the root of the schema is no object`);
    for (const keyword of ['oneOf', 'anyOf', 'allOf', 'enum', 'const', 'not'])
      if (parameters !== undefined && keyword in parameters) found.push(`tools[${index}]: ${keyword} at the root`);
  }
  if (typeof choice === 'object' && choice !== null) {
    const name = String((choice as { function?: { name?: unknown } }).function?.name);
    if (!names.has(name)) found.push(`tool_choice names ${name}, which is not offered`);
  }
  return found;
}

/** Whether a value is the JSON text of an object. */
export function isJsonObjectText(value: unknown): boolean {
  try {
    const parsed: unknown = JSON.parse(String(value));
    return typeof value === 'string' && typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
}
