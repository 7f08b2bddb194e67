import { refuse } from '../refuse.ts';
import type { Rule } from '../vendor.ts';
import { picturesAreTaken } from './common.ts';
import { blocksOf, everyBlock, systemOf, toolsOf, turnsOf } from './messages-body.ts';
import { checkSchemas, plainRoot } from './schemas.ts';

/** Roles of turns. */
export function roles(...taken: readonly string[]): Rule {
  return (call) => {
    const index = turnsOf(call).findIndex(({ role }) => !taken.includes(role));
    return index < 0
      ? undefined
      : refuse(`messages.${index}.role: Input should be ${taken.map((role) => `'${role}'`).join(' or ')}`);
  };
}

/** Results stand at the front of the turn right behind their calls, all of them, and nothing else is answered. */
const adjacency: Rule = (call) => {
  let open: string[] = [];
  for (const [index, { content }] of turnsOf(call).entries()) {
    const blocks = blocksOf(content);
    const results = blocks.flatMap(({ type, tool_use_id: id = '' }) => (type === 'tool_result' ? [id] : []));
    const orphan = results.find((id) => !open.includes(id));
    if (orphan !== undefined)
      return refuse(`messages.${index}.content: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${orphan}`);
    const missing = open.find((id) => !results.includes(id));
    if (missing !== undefined)
      return refuse(
        `messages.${index}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing}`,
      );
    open = blocks.flatMap(({ type, id = '' }) => (type === 'tool_use' ? [id] : []));
    if (new Set(open).size < open.length) return refuse(`messages.${index}: \`tool_use\` ids must be unique`);
  }
  return open.length > 0 ? refuse('the last calls have no results') : undefined;
};

/** Ids and names of calls and tools. */
const names: Rule = (call) => {
  const id = everyBlock(call).find(({ type, id: own = '' }) => type === 'tool_use' && !/^[a-zA-Z0-9_-]+$/.test(own));
  if (id) return refuse(`tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$', got ${id.id}`);
  const tool = toolsOf(call).find(({ name }) => !/^[a-zA-Z0-9_-]{1,128}$/.test(name));
  return tool && refuse(`tools.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$', got ${tool.name}`);
};

/** No text is empty. */
const noEmptyText: Rule = (call) => {
  const empty = everyBlock(call).find(({ type, text }) => type === 'text' && !text);
  if (empty) return refuse('messages: text content blocks must be non-empty');
  const index = turnsOf(call).findIndex(({ content }) => content.length === 0);
  return index < 0 ? undefined : refuse(`messages.${index}: all messages must have non-empty content`);
};

/** The answer is limited, by less than the model's most. */
const limited: Rule = ({ body, facts }) => {
  const { max_tokens: limit } = body;
  if (typeof limit !== 'number') return refuse('max_tokens: Field required');
  if (limit < 1) return refuse('max_tokens: must be greater than or equal to 1');
  return facts && limit > facts.output
    ? refuse(
        `max_tokens: ${limit} > ${facts.output}, which is the maximum allowed number of output tokens for ${facts.id}`,
      )
    : undefined;
};

/** At most four breakpoints, none on an empty text. */
const breakpoints: Rule = (call) => {
  const marked = [...systemOf(call), ...everyBlock(call), ...toolsOf(call)].filter((block) => block.cache_control);
  return marked.length > 4
    ? refuse(`A maximum of 4 blocks with cache_control may be provided. Found ${marked.length}.`)
    : undefined;
};

/** Schemas of the client's own tools, and tools where there are calls. */
const schemas: Rule = (call) => {
  const own = toolsOf(call).filter(({ type }) => type === undefined || type === 'custom');
  const calls = everyBlock(call).some(({ type }) => type === 'tool_use');
  if (calls && toolsOf(call).length === 0)
    return refuse('Requests which include `tool_use` or `tool_result` blocks must define tools');
  return checkSchemas(
    own.map(({ name, input_schema: schema }) => ({ name, schema })),
    plainRoot,
  );
};

/** Reasoning leaves room for an answer and decides about calls itself. */
export const thinking: Rule = ({ body }) => {
  const {
    thinking: asked,
    tool_choice: choice,
    max_tokens: limit,
  } = body as {
    thinking?: { type: string; budget_tokens?: number };
    tool_choice?: { type: string };
    max_tokens?: number;
  };
  if (!asked || asked.type === 'disabled') return undefined;
  if (asked.type === 'enabled' && (asked.budget_tokens ?? 0) < 1024)
    return refuse('thinking.enabled.budget_tokens: Input should be greater than or equal to 1024');
  if (asked.type === 'enabled' && (asked.budget_tokens ?? 0) >= (limit ?? 0))
    return refuse('`max_tokens` must be greater than `thinking.budget_tokens`');
  return choice?.type === 'any' || choice?.type === 'tool'
    ? refuse('Thinking may not be enabled when tool_choice forces tool use.')
    : undefined;
};

/** Pictures only for models that see. */
const pictures: Rule = (call) =>
  picturesAreTaken(call.facts, everyBlock(call).filter(({ type }) => type === 'image').length);

/** What every server of this protocol holds a request against. */
export const MESSAGES_RULES: readonly Rule[] = [adjacency, names, noEmptyText, limited, breakpoints, schemas, pictures];
