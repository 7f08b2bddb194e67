import type { BlockDelta, CanonicalEvent, OpeningBlock, StopReason } from '../../index.ts';
import { ODD_NAMES, ODD_TEXTS } from './odd-values.ts';
import { randomObject } from './random-json.ts';
import { Random } from './random.ts';

const STOP_REASONS: readonly StopReason[] = ['end_turn', 'tool_use', 'max_tokens', 'refusal', 'pause_turn'];

interface GrowingBlock {
  readonly opening: OpeningBlock;
  readonly deltas: readonly BlockDelta[];
}

/** A sound, complete stream of canonical events, the same for the same seed. */
export function randomEvents(seed: number): CanonicalEvent[] {
  const random = new Random(seed);
  const usage = { input_tokens: random.below(1000), output_tokens: random.below(1000), cache_read_input_tokens: 7 };
  const events: CanonicalEvent[] = [{ type: 'message_start', id: 'msg_1', model: 'some-model', usage }];
  for (let index = 0, count = random.below(5); index < count; index += 1) {
    const { opening, deltas } = randomBlock(random, index);
    events.push({ type: 'content_block_start', index, content_block: opening });
    for (const delta of deltas) {
      events.push({ type: 'content_block_delta', index, delta });
      if (random.chance(0.1)) events.push({ type: 'ping' });
    }
    events.push({ type: 'content_block_stop', index });
  }
  const stop_reason = random.pick(STOP_REASONS);
  events.push({ type: 'message_delta', stop_reason, stop_sequence: null, usage }, { type: 'message_stop' });
  return events;
}

function randomBlock(random: Random, index: number): GrowingBlock {
  switch (random.below(3)) {
    case 0:
      return {
        opening: { type: 'text', text: '' },
        deltas: random.list(4, () => ({ type: 'text_delta', text: random.pick(ODD_TEXTS) })),
      };
    case 1:
      return {
        opening: { type: 'thinking', thinking: '', signature: '' },
        deltas: [
          ...random.list(3, (): BlockDelta => ({ type: 'thinking_delta', thinking: random.pick(ODD_TEXTS) })),
          { type: 'signature_delta', signature: 'EqQBCkYIBxgC' },
        ],
      };
    default:
      return {
        opening: { type: 'tool_use', id: `toolu_${index}`, name: random.pick(ODD_NAMES), input: {} },
        deltas: inputDeltas(JSON.stringify(randomObject(random, 2)), random),
      };
  }
}

function inputDeltas(json: string, random: Random): BlockDelta[] {
  const cut = random.below(json.length);
  return [json.slice(0, cut), json.slice(cut)].map((partial_json) => ({ type: 'input_json_delta', partial_json }));
}
