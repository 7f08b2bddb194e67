import { refuse } from '../refuse.ts';
import type { Rule } from '../vendor.ts';
import { messagesOf, partsOf, toolsOf, type ChatMessage } from './chat-body.ts';
import { picturesAreTaken } from './common.ts';
import { checkSchemas, type SchemaLaw } from './schemas.ts';

/** Roles that a message may have. */
export function roles(...taken: readonly string[]): Rule {
  return (call) => {
    const wrong = messagesOf(call).find(({ role }) => !taken.includes(role));
    return (
      wrong &&
      refuse(`messages: unknown role '${wrong.role}', expected one of ${taken.join(', ')}`, { param: 'messages' })
    );
  };
}

/** Instructions stand at the front only, as chat templates want it. */
export const systemFirst: Rule = (call) => {
  const messages = messagesOf(call);
  const first = messages.findIndex(({ role }) => role !== 'system');
  return messages.slice(Math.max(first, 0)).some(({ role }) => role === 'system')
    ? refuse('System message must be at the beginning.', { param: 'messages' })
    : undefined;
};

/** Every call is answered right behind it, once, and nothing else is answered. */
export const adjacency: Rule = (call) => {
  let open: string[] = [];
  for (const message of messagesOf(call)) {
    if (message.role === 'tool') {
      const id = message.tool_call_id ?? '';
      if (!open.includes(id))
        return refuse(`Tool message '${id}' does not answer a call before it`, { param: 'messages' });
      open = open.filter((each) => each !== id);
      continue;
    }
    if (open.length > 0) return refuse(`No tool output found for call '${open[0]}'`, { param: 'messages' });
    open = (message.tool_calls ?? []).map(({ id }) => id);
    if (new Set(open).size < open.length) return refuse('Duplicate ids of calls', { param: 'messages' });
  }
  return open.length > 0 ? refuse(`No tool output found for call '${open[0]}'`, { param: 'messages' }) : undefined;
};

/** Ids of calls look like this. */
export function callIds(pattern: RegExp, words = 'Invalid tool call id', code?: string): Rule {
  return (call) => {
    const ids = messagesOf(call).flatMap(({ tool_calls: calls = [] }) => calls.map(({ id }) => id));
    const wrong = ids.find((id) => !pattern.test(id));
    return wrong === undefined
      ? undefined
      : refuse(`${words}: ${wrong}`, { param: 'messages', ...(code !== undefined && { code }) });
  };
}

/** Tools are functions with good names, calls name them, and history with calls comes with tools. */
export function tools(law: SchemaLaw, names = /^[a-zA-Z0-9_-]{1,64}$/): Rule {
  return (call) => {
    const listed = toolsOf(call);
    const calls = messagesOf(call).flatMap(({ tool_calls: made = [] }) => made);
    const all = [...listed, ...calls].map(({ function: { name } }) => name);
    const wrong = all.find((name) => !names.test(name));
    if (wrong !== undefined) return refuse(`Invalid function name '${wrong}'`, { param: 'tools' });
    if (listed.some(({ type }) => type !== 'function')) return refuse("tools: only type 'function' is supported");
    if (call.body['tools'] !== undefined && listed.length === 0)
      return refuse('tools: [] is too short', { param: 'tools' });
    if (calls.some(({ function: { arguments: input } }) => !isObjectText(input)))
      return refuse('arguments of a call must be an object in JSON', { param: 'messages' });
    if (call.body['tool_choice'] !== undefined && listed.length === 0)
      return refuse('tool_choice is only allowed when tools are specified', { param: 'tool_choice' });
    const schemas = listed.map(({ function: { name, parameters } }) => ({
      name,
      schema: parameters ?? { type: 'object' },
    }));
    return checkSchemas(schemas, law);
  };
}

/** Values of `tool_choice`; `function` stands for a named one. */
export function toolChoices(...taken: readonly string[]): Rule {
  return ({ body }) => {
    const choice = body['tool_choice'];
    if (choice === undefined) return undefined;
    const kind = typeof choice === 'string' ? choice : 'function';
    return taken.includes(kind)
      ? undefined
      : refuse(`tool_choice '${kind}' is not supported`, { param: 'tool_choice' });
  };
}

/** Messages of these roles have a text as content, no list of parts. */
export function textContent(...of: readonly string[]): Rule {
  return (call) => {
    const wrong = messagesOf(call).find(({ role, content }) => of.includes(role) && Array.isArray(content));
    return wrong && refuse(`content of a ${wrong.role} message must be a string`, { param: 'messages' });
  };
}

/** No text is empty, and no assistant says nothing. */
export const noEmptyContent: Rule = (call) => {
  for (const message of messagesOf(call)) {
    const { role, content, tool_calls: calls } = message;
    if (
      Array.isArray(content) &&
      (content.length === 0 || partsOf(message).some(({ type, text }) => type === 'text' && !text))
    )
      return refuse(`text content of a ${role} message is empty`, { param: 'messages' });
    if (role === 'user' && !content) return refuse('user message must not be empty', { param: 'messages' });
    if (role === 'assistant' && !content && !calls)
      return refuse('assistant message must not be empty', { param: 'messages' });
  }
  return undefined;
};

/** What the last message may be. */
export function endsWith(...taken: readonly string[]): Rule {
  return (call) => {
    const last = messagesOf(call).at(-1)?.role ?? 'nothing';
    return taken.includes(last) ? undefined : refuse(`Expected last role ${taken.join(' or ')} but got ${last}`);
  };
}

/** No user speaks right after a tool. */
export const noUserAfterTool: Rule = (call) => {
  const messages = messagesOf(call);
  const found = messages.some(({ role }, index) => role === 'user' && messages[index - 1]?.role === 'tool');
  return found ? refuse("Unexpected role 'user' after role 'tool'", { code: '3230' }) : undefined;
};

/** Pictures only for models that see, only of users, and as data. */
export const pictures: Rule = (call) => {
  const withPictures = messagesOf(call).filter((message) => partsOf(message).some(({ type }) => type === 'image_url'));
  if (withPictures.some(({ role }) => role !== 'user')) return refuse('images are only allowed in user messages');
  const other = withPictures.flatMap(partsOf).find((part) => part.type === 'image_url' && !isData(part['image_url']));
  return other ? refuse('image_url must be a data URI') : picturesAreTaken(call.facts, withPictures.length);
};

/** Fields that no message may have, such as `name` or reasoning. */
export function noMessageFields(...names: readonly string[]): Rule {
  return (call) => {
    const wrong = messagesOf(call).flatMap((message) => names.filter((name) => message[name] !== undefined));
    return wrong.length === 0
      ? undefined
      : refuse(`messages: property '${wrong[0]}' is unsupported`, { param: 'messages' });
  };
}

/** At most so many stop sequences, each of so many bytes. */
export function stops(most: number, bytes = Infinity): Rule {
  return ({ body }) => {
    const list = typeof body['stop'] === 'string' ? [body['stop']] : ((body['stop'] ?? []) as string[]);
    if (list.length > most) return refuse(`stop: at most ${most} sequences`, { param: 'stop' });
    return list.some((each) => Buffer.byteLength(each) > bytes) ? refuse(`stop: at most ${bytes} bytes`) : undefined;
  };
}

/** Usage at the end of a stream is asked for: the vendor tells it to nobody else. */
export const asksForUsage: Rule = ({ body }) =>
  body['stream'] === true && (body['stream_options'] as { include_usage?: unknown } | undefined)?.include_usage !== true
    ? refuse('the stream will not tell how many tokens it cost', { ignored: true, param: 'stream_options' })
    : undefined;

function isObjectText(text: unknown): boolean {
  if (typeof text !== 'string') return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function isData(image: unknown): boolean {
  const url = typeof image === 'string' ? image : (image as { url?: string } | undefined)?.url;
  return url?.startsWith('data:image/') === true;
}

/** Assistant messages that made calls. */
export function callingMessages(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  return messages.filter(({ role, tool_calls: calls }) => role === 'assistant' && (calls?.length ?? 0) > 0);
}
