import type { RedactedThinkingBlock, ThinkingBlock } from '@claudex/sdk';
import { openState, type OpenedState } from '@claudex/sdk/codec';
import { readPartState, type PartState } from '../part-state.ts';
import type { Encoding } from './encoding.ts';

type Refusal = Extract<OpenedState, { refusal: string }>['refusal'];

const REFUSALS: { readonly [Name in Refusal]: string } = {
  unsigned: 'Nobody signed this reasoning, so it is not sent.',
  foreign: "This reasoning carries another vendor's signature, so it is not sent.",
  elsewhere: 'This reasoning belongs to another provider, protocol or model, so it is not sent.',
  damaged: 'The state of this reasoning is damaged, so it is not sent.',
};

/** Opens what this provider, and only it, sealed in a thinking block. Anything else is a loss. */
export function readHistoryState(
  block: ThinkingBlock | RedactedThinkingBlock,
  path: string,
  { context, losses, stateKey }: Encoding,
): PartState | undefined {
  const opened = openState(stateKey, block.type === 'thinking' ? block.signature : block.data);
  const state = 'state' in opened ? readPartState(opened.state) : undefined;
  if (state === undefined) {
    losses.dropped(path, 'foreign_thinking', REFUSALS['refusal' in opened ? opened.refusal : 'damaged']);
    return undefined;
  }
  if (context.quirks.reasoningReplay !== 'none') return state;
  losses.dropped(path, 'thinking', 'This provider wants none of its reasoning back.');
  return undefined;
}
