import type { SpokenAnswer } from '../../../matrix/support/conversation.ts';
import { refuse } from '../refuse.ts';
import type { Rule, VendorCall } from '../vendor.ts';
import { callingMessages } from './chat.ts';
import { messagesOf, type ChatMessage } from './chat-body.ts';

/** Where a message has reasoning, and what it says. */
type Reader = (message: ChatMessage) => string | undefined;

/** A text of this name. */
export function textField(name: string): Reader {
  return (message) => (typeof message[name] === 'string' ? message[name] : undefined);
}

/** The list `reasoning_details`, whose texts are joined. */
export const details: Reader = ({ reasoning_details: list }) =>
  Array.isArray(list) ? list.map((detail: { text?: string }) => detail.text ?? '').join('') : undefined;

/** Blocks of type `thinking` in the content. */
export const thinkingBlocks: Reader = ({ content }) => {
  if (!Array.isArray(content)) return undefined;
  const blocks = content.filter(({ type }) => type === 'thinking') as { thinking?: { text?: string }[] }[];
  return blocks.length === 0
    ? undefined
    : blocks.flatMap(({ thinking = [] }) => thinking.map(({ text = '' }) => text)).join('');
};

/** A message with calls without its reasoning is refused; a wrong one is, too. Reasoning of others may be empty. */
export function needsReasoning(read: Reader, words: string): Rule {
  return (call) => {
    const wrong = spoken(call).find(({ message, said }) => {
      const sent = read(message);
      return said?.reasoning ? sent !== said.reasoning.text : sent === undefined;
    });
    return wrong && refuse(words, { param: 'messages' });
  };
}

/** Without its reasoning the model answers worse, without an error. */
export function wantsReasoning(read: Reader): Rule {
  return (call) => {
    const wrong = spoken(call).find(({ message, said }) => said?.reasoning && read(message) !== said.reasoning.text);
    return wrong && refuse('the reasoning of an earlier turn did not come back', { param: 'messages', ignored: true });
  };
}

/** Levels of `reasoning_effort`; others are refused. An empty list: the field is not known. */
export function efforts(...levels: readonly string[]): Rule {
  return ({ body }) => {
    const effort = body['reasoning_effort'];
    return effort === undefined || levels.includes(effort as string)
      ? undefined
      : refuse(`Invalid value for reasoning_effort: ${JSON.stringify(effort)}. Supported: ${levels.join(', ')}`, {
          param: 'reasoning_effort',
        });
  };
}

function spoken(call: VendorCall): { message: ChatMessage; said: SpokenAnswer | undefined }[] {
  return callingMessages(messagesOf(call)).map((message) => ({
    message,
    said: call.saidWith(message.tool_calls?.[0]?.id ?? ''),
  }));
}
