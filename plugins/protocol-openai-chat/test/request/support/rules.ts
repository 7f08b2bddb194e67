import type { ChatMessage, ChatRequest } from '../../../src/wire.ts';

const REASONING = ['reasoning', 'reasoning_content', 'reasoning_text', 'reasoning_opaque', 'reasoning_details'];

/** What providers refuse in a body, as sentences. Pictures and documents may stand in messages of `mediaRoles` only. */
export function problemsOf(body: ChatRequest, mediaRoles: readonly string[] = ['user']): string[] {
  const contents = body.messages.flatMap((message) => contentProblems(message, mediaRoles));
  const problems = [...callProblems(body.messages), ...contents];
  for (const [index, { role }] of body.messages.entries()) {
    const before = body.messages[index - 1]?.role;
    if (role === before && (role === 'user' || role === 'assistant')) problems.push(`two ${role} messages in a row`);
  }
  const names = (body.tools ?? []).map((tool) => tool.function.name);
  if (body.tools?.length === 0) problems.push('an empty list of tools');
  if (new Set(names).size < names.length) problems.push('a tool offered twice');
  if (names.some((name) => !/^[a-zA-Z0-9_-]{1,64}$/.test(name))) problems.push('an illegal name of a tool');
  if (names.length === 0 && (body.tool_choice ?? body.parallel_tool_calls) !== undefined)
    problems.push('a choice without tools');
  if (typeof body.tool_choice === 'object' && !names.includes(body.tool_choice.function.name))
    problems.push('a choice of a tool that is not offered');
  return problems;
}

/** Every call is answered once, directly after the message that makes it, and no id is used twice. */
function callProblems(messages: readonly ChatMessage[]): string[] {
  const problems: string[] = [];
  const ids = new Set<string>();
  let open: string[] = [];
  for (const message of messages) {
    if (message.role === 'tool') {
      if (open.shift() !== message.tool_call_id) problems.push('a result that does not answer the next call');
    } else if (open.length > 0) problems.push(`${message.role} between a call and its result`);
    if (message.role !== 'assistant') continue;
    open = (message.tool_calls ?? []).map((call) => call.id);
    for (const id of open) {
      if (ids.has(id)) problems.push('an id used twice');
      ids.add(id);
    }
  }
  if (open.length > 0) problems.push('a call without a result at the end');
  return problems;
}

function contentProblems(message: ChatMessage, mediaRoles: readonly string[]): string[] {
  const { role, content } = message;
  if (content === null)
    return role === 'assistant' && message.tool_calls === undefined ? ['an assistant message that says nothing'] : [];
  if (content === '') return REASONING.some((field) => field in message) ? [] : [`an empty ${role} message`];
  if (typeof content === 'string') return [];
  if (content.length === 0) return [`an empty ${role} message`];
  const problems = content.some((part) => part.type === 'text' && part.text === '') ? ['an empty part'] : [];
  if (!mediaRoles.includes(role) && content.some((part) => part.type !== 'text' && part.type !== 'thinking'))
    problems.push(`a picture or document in a ${role} message`);
  return problems;
}
