import type { CacheControl, CanonicalRequest, ContentBlock } from '../../index.ts';
import type { LossLog } from '../loss-log.ts';

/** Text that tells the model how to behave, never empty. */
export interface Instruction {
  readonly text: string;
  /** Where it stood in the request. */
  readonly path: string;
  /** The last cache breakpoint in it. */
  readonly cache_control?: CacheControl;
}

/** A block and where it stood, or a system message that came later than the front. */
export type TurnItem =
  | { readonly kind: 'block'; readonly block: ContentBlock; readonly path: string }
  | ({ readonly kind: 'instruction' } & Instruction);

/** Everything one side said before the other side spoke again. System messages count as the user's side. */
export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly items: TurnItem[];
}

/** A conversation with its instructions apart and its turns alternating. */
export interface Conversation {
  readonly instructions: readonly Instruction[];
  readonly turns: Turn[];
}

/** The client's own first line of the system prompt changes with every request and would defeat every cache. */
const BILLING_LINE = 'x-anthropic-billing-header';

/**
 * Sorts a request into instructions and alternating turns. Merging neighbours of one role here is what keeps
 * a tool's result next to its call when a system message stands between the two. Cache breakpoints are handed on where
 * they stood, and what becomes of them is for the protocol to say.
 */
export function readConversation(request: CanonicalRequest, losses: LossLog): Conversation {
  const instructions = frontInstructions(request, losses);
  const turns: Turn[] = [];
  for (const [index, message] of request.messages.entries()) {
    const path = `messages[${index}]`;
    if (message.ext !== undefined)
      losses.dropped(path, 'message_extension', 'Extras of another protocol on a message have no counterpart here.');
    if (message.role === 'system') {
      const instruction = instructionIn(message.content, path, losses);
      if (instruction === undefined) continue;
      if (turns.length === 0) instructions.push(instruction);
      else turnOf(turns, 'user').items.push({ kind: 'instruction', ...instruction });
      continue;
    }
    const items = message.content.map((block, position): TurnItem => {
      return { kind: 'block', block, path: `${path}.content[${position}]` };
    });
    const last = turns.at(-1);
    if (last?.role === message.role) for (const item of items) last.items.push(item);
    else turns.push({ role: message.role, items });
  }
  return { instructions, turns };
}

function frontInstructions(request: CanonicalRequest, losses: LossLog): Instruction[] {
  const instructions: Instruction[] = [];
  for (const [index, block] of request.system.entries()) {
    const path = `system[${index}]`;
    if (block.text.startsWith(BILLING_LINE))
      losses.dropped(path, 'billing_line', "The client's billing line is meant for Anthropic only.");
    else if (block.text !== '') instructions.push({ text: block.text, path, ...markIn([block]) });
  }
  return instructions;
}

function turnOf(turns: Turn[], role: Turn['role']): Turn {
  const last = turns.at(-1);
  if (last !== undefined && last.role === role) return last;
  const turn: Turn = { role, items: [] };
  turns.push(turn);
  return turn;
}

function instructionIn(content: readonly ContentBlock[], path: string, losses: LossLog): Instruction | undefined {
  const texts: string[] = [];
  for (const [index, block] of content.entries()) {
    if (block.type !== 'text')
      losses.dropped(`${path}.content[${index}]`, `system_${block.type}`, 'Instructions can only be text here.');
    else if (block.text !== '') texts.push(block.text);
  }
  return texts.length === 0 ? undefined : { text: texts.join('\n'), path, ...markIn(content) };
}

function markIn(content: readonly ContentBlock[]): { cache_control?: CacheControl } {
  const mark = content.findLast((block) => block.cache_control !== undefined)?.cache_control;
  return mark === undefined ? {} : { cache_control: mark };
}
