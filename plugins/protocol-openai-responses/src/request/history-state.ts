import { isJsonObject, type JsonObject, type RedactedThinkingBlock, type ThinkingBlock } from '@claudex/sdk';
import { openState, type OpenedState } from '@claudex/sdk/codec';
import { keptOfCall, keptOfCompaction } from '../kept-fields.ts';
import type { ResponsesCompaction, ResponsesReasoning } from '../wire.ts';
import type { Encoding, ProgramState } from './encoding.ts';
import { rebuildReasoning } from './reasoning-item.ts';
import { replaysReasoning } from './reasoning.ts';

/** What a thinking block of the history stands for. */
export type HistoryState =
  /** An item of its own. */
  | { readonly kind: 'item'; readonly item: ResponsesReasoning | ResponsesCompaction }
  /** The phase of the text that follows. */
  | { readonly kind: 'phase'; readonly phase: string }
  /** Fields of the call with this id, as the client knows it. */
  | { readonly kind: 'call'; readonly call: string; readonly extra: JsonObject }
  /** What belongs to the program with this id, as the client knows it. */
  | { readonly kind: 'program'; readonly call: string; readonly program: ProgramState };

type Refusal = Extract<OpenedState, { refusal: string }>['refusal'];

const REFUSALS: { readonly [Name in Refusal]: string } = {
  unsigned: 'The reasoning is unsigned, so it cannot be handed back.',
  foreign: 'The reasoning has a foreign signature, which only its own vendor can read.',
  elsewhere: 'The reasoning was sealed elsewhere: for another provider, protocol or model.',
  damaged: 'The state of the reasoning is damaged, so it cannot be handed back.',
};

/**
 * Opens what this provider, and only it, sealed in a thinking block. Anything else is a loss: foreign reasoning does more
 * harm than none.
 */
export function readHistoryState(
  block: ThinkingBlock | RedactedThinkingBlock,
  path: string,
  encoding: Encoding,
): HistoryState | undefined {
  const thinking = block.type === 'thinking' ? block.thinking : '';
  const opened = openState(encoding.stateKey, block.type === 'thinking' ? block.signature : block.data);
  if ('refusal' in opened) return refuse(opened.refusal, path, encoding);
  const { state } = opened;
  if (state['item'] === 'reasoning') return readReasoning(state, thinking, path, encoding);
  return readCarried(state) ?? readProgram(state) ?? refuse('damaged', path, encoding);
}

function readReasoning(
  state: JsonObject,
  thinking: string,
  path: string,
  encoding: Encoding,
): HistoryState | undefined {
  if (!replaysReasoning(encoding.context)) {
    encoding.losses.dropped(path, 'thinking', 'This provider does not take its reasoning back.');
    return undefined;
  }
  const { item, isExact } = rebuildReasoning(state, thinking);
  if (!isExact)
    encoding.losses.adjusted(path, 'reasoning_parts', 'The text was changed, so it goes back in one part or in none.');
  return { kind: 'item', item };
}

/** State that travels in a thinking block without text. */
function readCarried({ item, phase, value, call, extra }: JsonObject): HistoryState | undefined {
  if (item === 'phase' && typeof phase === 'string') return { kind: 'phase', phase };
  if (item === 'compaction' && isJsonObject(value))
    return { kind: 'item', item: { ...keptOfCompaction(value), type: 'compaction' } };
  if (item === 'call' && typeof call === 'string' && isJsonObject(extra))
    return { kind: 'call', call, extra: keptOfCall(extra) };
  return undefined;
}

function readProgram({ item, call, call_id: callId, fingerprint }: JsonObject): HistoryState | undefined {
  if (item !== 'program' || typeof call !== 'string') return undefined;
  if (typeof callId !== 'string' || typeof fingerprint !== 'string') return undefined;
  return { kind: 'program', call, program: { callId, fingerprint } };
}

function refuse(refusal: Refusal, path: string, encoding: Encoding): undefined {
  encoding.losses.dropped(path, 'foreign_thinking', REFUSALS[refusal]);
}
