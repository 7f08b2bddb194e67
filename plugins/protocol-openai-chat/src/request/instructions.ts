import type { CacheControl, CanonicalRequest, Message } from '@claudex/sdk';
import { readConversation, type Turn } from '@claudex/sdk/codec';
import type { Encoding } from './encoding.ts';

/** Where an instruction had a cache breakpoint. */
export interface InstructionMark {
  readonly cache_control?: CacheControl;
  readonly path: string;
}

/** A conversation whose instructions, first those at the front and then those in turns, have their marks in order. */
interface MarkedConversation {
  readonly instructions: readonly string[];
  readonly turns: readonly Turn[];
  /** One for each instruction where the provider takes breakpoints, else none. */
  readonly marks: readonly InstructionMark[];
}

/**
 * Sorts a request into instructions and turns. Breakpoints on instructions are taken off first where the provider takes
 * breakpoints, because the reader of conversations only knows how to record them as lost.
 */
export function readMarkedConversation(encoding: Encoding): MarkedConversation {
  const { request } = encoding.context;
  if (!encoding.breakpoints.taken) return { ...readConversation(request, encoding.losses), marks: [] };
  const { instructions, turns } = readConversation(withoutMarks(request), encoding.losses);
  return { instructions, turns, marks: marksOf(request, instructions) };
}

function withoutMarks(request: CanonicalRequest): CanonicalRequest {
  return {
    ...request,
    system: request.system.map((block) => ({ type: 'text', text: block.text })),
    messages: request.messages.map((message) =>
      message.role === 'system' ? { ...message, content: message.content.map(unmarked) } : message,
    ),
  };
}

function unmarked(block: Message['content'][number]): Message['content'][number] {
  const { cache_control: _, ...rest } = block;
  return rest;
}

function marksOf(request: CanonicalRequest, instructions: readonly string[]): InstructionMark[] {
  const marks: InstructionMark[] = [];
  for (const [index, block] of request.system.entries()) {
    // Blocks that did not become instructions, such as the billing line, are skipped: texts stay in their order.
    if (block.text === instructions[marks.length]) marks.push({ ...markOf([block]), path: `system[${index}]` });
  }
  for (const [index, { role, content }] of request.messages.entries()) {
    if (role === 'system' && content.some((block) => block.type === 'text' && block.text !== ''))
      marks.push({ ...markOf(content), path: `messages[${index}]` });
  }
  return marks;
}

function markOf(content: Message['content']): { cache_control?: CacheControl } {
  const mark = content.findLast((block) => block.cache_control !== undefined)?.cache_control;
  return mark === undefined ? {} : { cache_control: mark };
}
