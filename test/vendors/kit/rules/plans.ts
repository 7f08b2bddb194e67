import { refuse } from '../refuse.ts';
import type { Rule } from '../vendor.ts';
import { oneOf, REQUIRED } from './common.ts';
import { includesReasoning, itemsOf, roles, toolsOf, wantsReasoning } from './responses.ts';

/** Functions stand in the input, each with parameters and with a word on being strict. */
export const toolsInInput: Rule = (call) => {
  const top = (call.body['tools'] ?? []) as readonly { type: string }[];
  if (top.some(({ type }) => type === 'function')) return refuse('function tools are not supported at the top level');
  const bare = toolsOf(call).find((tool) => tool.type === 'function' && !('parameters' in tool && 'strict' in tool));
  return bare && refuse(`function tool '${bare.name}' needs both parameters and strict`, { param: 'input' });
};

/** Lists of tools in the input come from the developer. */
export const toolItems: Rule = (call) => {
  const wrong = itemsOf(call).find(({ type, role }) => type === 'additional_tools' && role !== 'developer');
  return wrong && refuse("additional_tools: role must be 'developer'", { param: 'input' });
};

/** Instructions are there, if only an empty text. */
export const hasInstructions: Rule = ({ body }) =>
  typeof body['instructions'] === 'string' ? undefined : refuse('Instructions are required');

/** The switch for parallel calls needs tools. */
export const switchNeedsTools: Rule = ({ body }) =>
  body['parallel_tool_calls'] !== undefined && body['tools'] === undefined
    ? refuse("'parallel_tool_calls' is only allowed when 'tools' are specified")
    : undefined;

/** What both ways to a plan hold a request against. */
export const PLAN_RULES: readonly Rule[] = [
  oneOf('stream', [true, REQUIRED]),
  oneOf('store', [false, REQUIRED]),
  roles('user', 'assistant', 'developer'),
  includesReasoning,
  wantsReasoning,
];
