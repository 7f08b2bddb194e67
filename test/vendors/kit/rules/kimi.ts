import { refuse } from '../refuse.ts';
import type { Rule } from '../vendor.ts';
import { efforts, needsReasoning, textField } from './chat-reasoning.ts';
import * as chat from './chat.ts';
import { forbids, limitedBy } from './common.ts';

const LOCKED = ['temperature', 'top_p', 'presence_penalty', 'frequency_penalty', 'n'];

const noSwitchOff: Rule = ({ body }) =>
  (body['thinking'] as { type?: unknown } | undefined)?.type === 'disabled'
    ? refuse('invalid thinking: thinking cannot be disabled for this model', { param: 'thinking' })
    : undefined;

/** Kimi's law in Chat Completions, the same on both of its platforms. `choices` are the values of `tool_choice`. */
export function kimiRules(...choices: readonly string[]): readonly Rule[] {
  return [
    limitedBy(['max_tokens', 'max_completion_tokens']),
    forbids(LOCKED, (name) => `invalid ${name}: only the default is allowed for this model`),
    chat.stops(5, 32),
    chat.roles('system', 'user', 'assistant', 'tool'),
    chat.toolChoices(...choices),
    efforts('low', 'high', 'max'),
    noSwitchOff,
    needsReasoning(
      textField('reasoning_content'),
      'thinking is enabled but reasoning_content is missing in assistant tool call message',
    ),
    chat.asksForUsage,
  ];
}
