import { refuse } from '../refuse.ts';
import type { Rule, VendorCall } from '../vendor.ts';
import { picturesAreTaken } from './common.ts';
import { checkSchemas, type SchemaLaw } from './schemas.ts';

/** An item of the input. */
export interface ResponsesItem {
  readonly type?: string;
  readonly role?: string;
  readonly id?: string;
  readonly content?: unknown;
  readonly call_id?: string;
  readonly output?: unknown;
  readonly encrypted_content?: string;
  readonly arguments?: unknown;
  readonly name?: string;
  readonly tools?: readonly ResponsesTool[];
}

/** A tool. */
export interface ResponsesTool {
  readonly type: string;
  readonly name?: string;
  readonly parameters?: unknown;
  readonly strict?: unknown;
}

/** The items of a request. */
export function itemsOf({ body }: Pick<VendorCall, 'body'>): readonly ResponsesItem[] {
  return Array.isArray(body['input']) ? (body['input'] as ResponsesItem[]) : [];
}

/** Its tools, wherever they stand. */
export function toolsOf(call: Pick<VendorCall, 'body'>): readonly ResponsesTool[] {
  const top = Array.isArray(call.body['tools']) ? (call.body['tools'] as ResponsesTool[]) : [];
  return [...top, ...itemsOf(call).flatMap(({ tools = [] }) => tools)];
}

/** Every output answers a call before it, every call is answered, and ids are short. */
export const adjacency: Rule = (call) => {
  const open = new Set<string>();
  for (const { type, call_id: id = '', arguments: input } of itemsOf(call)) {
    if (type === 'function_call') {
      if (id.length > 64 || id === '') return refuse(`Invalid 'call_id': string too long or empty`, { param: 'input' });
      if (typeof input !== 'string') return refuse('arguments must be a string', { param: 'input' });
      open.add(id);
    }
    if (type === 'function_call_output' && !open.delete(id))
      return refuse(`No tool call found for function call output with call_id ${id}.`, { param: 'input' });
  }
  const [left] = open;
  return left === undefined ? undefined : refuse(`No tool output found for function call ${left}.`, { param: 'input' });
};

/** Nothing stands between calls and their outputs. */
export const strictAdjacency: Rule = (call) => {
  let open = 0;
  for (const { type } of itemsOf(call)) {
    if (type === 'function_call') open += 1;
    else if (type === 'function_call_output') open -= 1;
    else if (open > 0) return refuse('a function call must be followed by its output', { param: 'input' });
  }
  return undefined;
};

/** Roles of messages. */
export function roles(...taken: readonly string[]): Rule {
  return (call) => {
    const wrong = itemsOf(call).find(({ role }) => role !== undefined && !taken.includes(role));
    return wrong && refuse(`Invalid value: '${wrong.role}'. Supported: ${taken.join(', ')}`, { param: 'input' });
  };
}

/** Whoever does not store must not name items by ids that were never stored. */
export const noItemIds: Rule = (call) => {
  if (call.body['store'] !== false) return undefined;
  const named = itemsOf(call).find(({ id, type }) => id !== undefined && type !== 'additional_tools');
  return named && refuse(`Item with id '${named.id}' not found.`, { status: 404, param: 'input' });
};

/** Functions with good names whose schemas are honest about being strict: that is the default. */
export function tools(law: SchemaLaw): Rule {
  return (call) => {
    const functions = toolsOf(call).filter(({ type }) => type === 'function');
    const wrong = functions.find(({ name = '' }) => !/^[a-zA-Z0-9_-]{1,64}$/.test(name));
    if (wrong) return refuse(`Invalid 'tools[].name': '${wrong.name}'`, { param: 'tools' });
    const loose = functions.find(({ strict, parameters }) => strict !== false && !isStrict(parameters));
    if (loose)
      return refuse(
        `Invalid schema for function '${loose.name}': 'additionalProperties' is required to be supplied and to be false.`,
      );
    return checkSchemas(
      functions.map(({ name = '', parameters }) => ({ name, schema: parameters })),
      law,
    );
  };
}

/** Kinds of tools. */
export function toolTypes(...taken: readonly string[]): Rule {
  return (call) => {
    const wrong = toolsOf(call).find(({ type }) => !taken.includes(type));
    return wrong && refuse(`Unsupported tool type: ${wrong.type}`, { param: 'tools' });
  };
}

/** Reasoning that came with a call goes back before it, as it was encrypted. */
export const wantsReasoning: Rule = (call) => {
  const items = itemsOf(call);
  const sent = new Set(
    items.flatMap(({ type, encrypted_content: state }) => (type === 'reasoning' && state ? [state] : [])),
  );
  const lost = items.some(({ type, call_id: id = '' }) => {
    const state = type === 'function_call' ? call.saidWith(id)?.reasoning?.state : undefined;
    return state !== undefined && !sent.has(state);
  });
  return lost
    ? refuse('the reasoning of an earlier turn did not come back', { ignored: true, param: 'input' })
    : undefined;
};

/** Whoever does not store asks for the reasoning itself. */
export const includesReasoning: Rule = ({ body, facts }) =>
  facts?.reasons === false ||
  (Array.isArray(body['include']) && body['include'].includes('reasoning.encrypted_content'))
    ? undefined
    : refuse('the reasoning will be lost', { ignored: true, param: 'include' });

/** Levels of effort. */
export function efforts(...levels: readonly string[]): Rule {
  return ({ body }) => {
    const { effort } = (body['reasoning'] ?? {}) as { effort?: unknown };
    return effort === undefined || levels.includes(effort as string)
      ? undefined
      : refuse(`Unsupported value: ${JSON.stringify(effort)} is not supported with this model.`, {
          param: 'reasoning.effort',
        });
  };
}

/** Pictures only for models that see. */
export const pictures: Rule = (call) => {
  const parts = itemsOf(call).flatMap(({ content, output }) =>
    [content, output].flatMap((each) => (Array.isArray(each) ? each : [])),
  );
  return picturesAreTaken(
    call.facts,
    (parts as { type: string }[]).filter(({ type }) => type === 'input_image').length,
  );
};

function isStrict(parameters: unknown): boolean {
  const {
    additionalProperties,
    properties = {},
    required = [],
  } = (parameters ?? {}) as {
    additionalProperties?: unknown;
    properties?: object;
    required?: string[];
  };
  return additionalProperties === false && Object.keys(properties).every((name) => required.includes(name));
}
