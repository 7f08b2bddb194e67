import { refuse } from '../refuse.ts';
import type { Rule } from '../vendor.ts';
import { roles, thinking } from './messages.ts';
import { everyBlock, toolsOf } from './messages-body.ts';

const PLAIN_BLOCKS = new Set(['text', 'image', 'tool_use', 'tool_result', 'thinking', 'redacted_thinking']);

/** No blocks beside the usual ones: no documents, no search results, no references to tools. */
const plainBlocks: Rule = (call) => {
  const other = everyBlock(call).find(({ type }) => !PLAIN_BLOCKS.has(type));
  return other && refuse(`unsupported content type: ${other.type}`);
};

/** No tools that the server would have to run. */
export const noServerTools: Rule = (call) => {
  const other = toolsOf(call).find(({ type }) => type !== undefined && type !== 'custom');
  return other && refuse(`unsupported tool type: ${other.type}`);
};

/** No breakpoints on tools. */
export const noCacheOnTools: Rule = (call) => {
  const marked = toolsOf(call).find((tool) => tool.cache_control !== undefined);
  return marked && refuse('tools: Extra inputs are not permitted, field: cache_control');
};

/** Values of `thinking.type`. */
export function thinkingTypes(...taken: readonly string[]): Rule {
  return ({ body }) => {
    const { type } = (body['thinking'] ?? {}) as { type?: string };
    return type === undefined || taken.includes(type)
      ? undefined
      : refuse(`thinking.type: Input should be ${taken.join(' or ')}, got '${type}'`, { param: 'thinking' });
  };
}

/** Values of the header `anthropic-beta`; others are refused. */
export function betas(taken: readonly string[] | undefined, status = 400): Rule {
  return ({ headers }) => {
    const sent = String(headers['anthropic-beta'] ?? '')
      .split(',')
      .map((each) => each.trim());
    const unknown = taken && sent.find((each) => each !== '' && !taken.includes(each));
    return unknown
      ? refuse(`Unexpected value(s) \`${unknown}\` for the \`anthropic-beta\` header.`, { status })
      : undefined;
  };
}

/** Reasoning that came with a call goes back with it. */
export function thinkingComesBack(isRefused: boolean): Rule {
  return (call) => {
    const blocks = everyBlock(call);
    const sent = new Set(blocks.flatMap(({ type, thinking }) => (type === 'thinking' && thinking ? [thinking] : [])));
    const lost = blocks.some(({ type, id = '' }) => {
      const text = type === 'tool_use' ? call.saidWith(id)?.reasoning?.text : undefined;
      return text !== undefined && !sent.has(text);
    });
    const words = 'the reasoning of an earlier turn did not come back';
    return lost ? refuse(words, isRefused ? {} : { ignored: true }) : undefined;
  };
}

/** Reasoning comes back exactly as it was signed, and nobody else's does. */
export const signedThinking: Rule = (call) => {
  const blocks = everyBlock(call);
  const signed = new Map(
    blocks.flatMap(({ type, id = '' }) => {
      const said = type === 'tool_use' ? call.saidWith(id)?.reasoning : undefined;
      return said ? [[said.state, said.text] as const] : [];
    }),
  );
  const wrong = blocks.find(
    ({ type, signature = '', thinking }) =>
      type === 'thinking' && (!isOwn(signature) || (signed.get(signature) ?? thinking) !== thinking),
  );
  return wrong && refuse('messages: Invalid `signature` in `thinking` block');
};

/** States of reasoning begin like this wherever a test's script makes them. */
function isOwn(signature: string): boolean {
  return signature.startsWith('state-');
}

/** What those hold a request against who offer the protocol for models of their own. */
export const CLONE_RULES: readonly Rule[] = [roles('user', 'assistant'), plainBlocks, noServerTools, thinking];
