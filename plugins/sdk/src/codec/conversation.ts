import type { CanonicalRequest, ContentBlock } from '../index.ts';
import type { LossLog } from './loss-log.ts';

/** A block and where it stood, or a system message that came later than the front. */
export type TurnItem =
  | { readonly kind: 'block'; readonly block: ContentBlock; readonly path: string }
  | { readonly kind: 'instruction'; readonly text: string };

/** Everything one side said before the other side spoke again. System messages count as the user's side. */
export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly items: TurnItem[];
}

/** A conversation with its instructions apart and its turns alternating. */
export interface Conversation {
  readonly instructions: string[];
  readonly turns: Turn[];
}

/** The client's own first line of the system prompt changes with every request and would defeat every cache. */
const BILLING_LINE = 'x-anthropic-billing-header';

/**
 * Sorts a request into instructions and alternating turns. Merging neighbours of one role here is what keeps
 * a tool's result next to its call when a system message stands between the two.
 */
export function readConversation(request: CanonicalRequest, losses: LossLog): Conversation {
  const instructions = frontInstructions(request, losses);
  const turns: Turn[] = [];
  for (const [index, message] of request.messages.entries()) {
    const path = `messages[${index}]`;
    if (message.ext !== undefined)
      losses.dropped(path, 'message_extension', 'Extras of another protocol on a message have no counterpart here.');
    if (message.role === 'system') {
      const text = textOf(message.content, path, losses);
      if (text === '') continue;
      if (turns.length === 0) instructions.push(text);
      else turnOf(turns, 'user').items.push({ kind: 'instruction', text });
      continue;
    }
    const turn = turnOf(turns, message.role);
    for (const [position, block] of message.content.entries()) {
      turn.items.push({ kind: 'block', block, path: `${path}.content[${position}]` });
    }
  }
  return { instructions, turns };
}

function frontInstructions(request: CanonicalRequest, losses: LossLog): string[] {
  const instructions: string[] = [];
  for (const [index, block] of request.system.entries()) {
    noteCacheControl(block, `system[${index}]`, losses);
    if (block.text.startsWith(BILLING_LINE))
      losses.dropped(`system[${index}]`, 'billing_line', "The client's billing line is meant for Anthropic only.");
    else if (block.text !== '') instructions.push(block.text);
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

function textOf(content: readonly ContentBlock[], path: string, losses: LossLog): string {
  const texts: string[] = [];
  for (const [index, block] of content.entries()) {
    noteCacheControl(block, `${path}.content[${index}]`, losses);
    if (block.type !== 'text')
      losses.dropped(`${path}.content[${index}]`, `system_${block.type}`, 'Instructions can only be text here.');
    else if (block.text !== '') texts.push(block.text);
  }
  return texts.join('\n');
}

/** Records that a cache marker is not sent: providers of this protocol cache by themselves. */
export function noteCacheControl(block: ContentBlock, path: string, losses: LossLog): void {
  if (block.cache_control === undefined) return;
  losses.once('dropped', path, 'cache_control', 'Providers of this protocol decide by themselves what they cache.');
}
