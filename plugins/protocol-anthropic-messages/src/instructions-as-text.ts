import type { ContentBlock, Message } from '@claudex/sdk';
import { reminder } from '@claudex/sdk/codec';

/**
 * Makes tagged words of the user of every system message in the list. They join the user's words around them, so that
 * the sides still take turns and results of tools still stand right behind their calls.
 */
export function instructionsAsText(messages: readonly Message[]): readonly Message[] {
  if (!messages.some(({ role }) => role === 'system')) return messages;
  const written: Message[] = [];
  let isOpen = false;
  for (const message of messages) {
    const isInstruction = message.role === 'system';
    const turn: Message = isInstruction ? { role: 'user', content: message.content.map(asWords) } : message;
    const last = written.at(-1);
    if (last?.role === 'user' && turn.role === 'user' && (isInstruction || isOpen))
      written[written.length - 1] = { ...last, ...turn, content: [...last.content, ...turn.content] };
    else written.push(turn);
    isOpen = isInstruction;
  }
  return written;
}

function asWords(block: ContentBlock): ContentBlock {
  return block.type === 'text' ? { ...block, text: reminder(block.text) } : block;
}
