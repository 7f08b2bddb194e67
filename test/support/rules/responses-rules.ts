import { isJsonObjectText } from './chat-rules.ts';

/* What providers of Responses demand of a request that is not stored. */

interface Item {
  readonly type?: unknown;
  readonly role?: unknown;
  readonly content?: unknown;
  readonly call_id?: unknown;
  readonly [field: string]: unknown;
}

const NAME = /^[a-zA-Z0-9_-]{1,64}$/;
const INPUT_PARTS: ReadonlySet<unknown> = new Set(['input_text', 'input_image', 'input_file']);
const OUTPUT_PARTS: ReadonlySet<unknown> = new Set(['output_text', 'refusal']);
const ROLES: ReadonlySet<unknown> = new Set(['user', 'assistant', 'developer']);

/** Every rule that a body breaks, as sentences; empty when it is sound. */
export function responsesViolations(body: { readonly [field: string]: unknown }): string[] {
  const found: string[] = [];
  if (typeof body['model'] !== 'string' || body['model'] === '') found.push('model is no name');
  if (body['store'] !== false) found.push('store is not false');
  if (body['instructions'] === '') found.push('instructions are empty');
  const input = Array.isArray(body['input']) ? (body['input'] as Item[]) : [];
  if (input.length === 0) found.push('there is no input');
  for (const [index, item] of input.entries())
    for (const problem of itemProblems(item)) found.push(`input[${index}]: ${problem}`);
  found.push(...callProblems(input), ...toolProblems(body));
  for (const [field, value] of Object.entries(body)) if (value === undefined) found.push(`${field} is undefined`);
  return found;
}

function itemProblems(item: Item): string[] {
  const found = item['id'] === undefined ? [] : ['has an id, but nothing is stored'];
  switch (item.type) {
    case 'message':
      if (!ROLES.has(item.role)) found.push(`role ${String(item.role)}`);
      return [...found, ...partProblems(item.content, item.role === 'assistant' ? OUTPUT_PARTS : INPUT_PARTS)];
    case 'function_call':
      if (!NAME.test(String(item.call_id))) found.push(`call id ${String(item.call_id)}`);
      if (!NAME.test(String(item['name']))) found.push(`name ${String(item['name'])}`);
      if (!isJsonObjectText(item['arguments'])) found.push('arguments are no JSON object');
      return found;
    case 'function_call_output':
      if (typeof item['output'] === 'string') return item['output'] === '' ? [...found, 'an empty output'] : found;
      return [...found, ...partProblems(item['output'], INPUT_PARTS)];
    case 'reasoning':
      if (!Array.isArray(item['summary'])) found.push('reasoning without a summary');
      return found;
    case 'compaction':
      return found;
    default:
      return [...found, `type ${String(item.type)}`];
  }
}

function partProblems(content: unknown, allowed: ReadonlySet<unknown>): string[] {
  if (typeof content === 'string') return content === '' ? ['empty content'] : [];
  if (!Array.isArray(content) || content.length === 0) return ['no content'];
  return (content as { type?: unknown; text?: unknown }[]).flatMap(({ type, text }) => {
    if (!allowed.has(type)) return [`a part of type ${String(type)}`];
    return text === '' ? ['an empty text part'] : [];
  });
}

/** The calls of a turn stand together, and their outputs directly behind them. */
function callProblems(input: readonly Item[]): string[] {
  const found: string[] = [];
  const used = new Set<unknown>();
  let open = new Set<unknown>();
  let answering = false;
  for (const [index, item] of input.entries()) {
    if (item.type === 'function_call') {
      if (answering && open.size > 0) found.push(`input[${index}]: a call before the others were answered`);
      if (used.has(item.call_id)) found.push(`input[${index}]: call id ${String(item.call_id)} is used twice`);
      used.add(item.call_id);
      open.add(item.call_id);
      answering = false;
    } else if (item.type === 'function_call_output') {
      if (!open.delete(item.call_id)) found.push(`input[${index}]: answers no open call`);
      answering = true;
    } else if (open.size > 0 && (answering || item.role === 'user')) {
      found.push(`input[${index}]: comes before ${open.size} calls were answered`);
      open = new Set();
    }
  }
  return open.size > 0 ? [...found, `${open.size} calls are never answered`] : found;
}

function toolProblems(body: { readonly [field: string]: unknown }): string[] {
  const { tools, tool_choice: choice } = body;
  if (tools === undefined) return choice === undefined ? [] : ['tool_choice without tools'];
  if (!Array.isArray(tools) || tools.length === 0) return ['an empty list of tools'];
  const found: string[] = [];
  const names = new Set<string>();
  for (const [index, tool] of (tools as { [field: string]: unknown }[]).entries()) {
    if (tool['type'] === 'web_search') continue;
    const name = String(tool['name']);
    if (tool['type'] !== 'function') found.push(`tools[${index}]: type ${String(tool['type'])}`);
    if (!NAME.test(name)) found.push(`tools[${index}]: name ${name}`);
    if (names.has(name)) found.push(`tools[${index}]: name ${name} is used twice`);
    names.add(name);
    if (tool['strict'] !== false) found.push(`tools[${index}]: strict is not false`);
    const parameters = tool['parameters'] as { [field: string]: unknown } | undefined;
    if (parameters?.['type'] !== 'object') found.push(`tools[${index}]: the root of the schema is no object`);
    for (const keyword of ['oneOf', 'anyOf', 'allOf', 'enum', 'const', 'not'])
      if (parameters !== undefined && keyword in parameters) found.push(`tools[${index}]: ${keyword} at the root`);
  }
  if (typeof choice === 'object' && choice !== null && !names.has(String((choice as { name?: unknown }).name)))
    found.push('tool_choice names a tool that is not offered');
  return found;
}
