import type { Json, StopReason } from '@claudex/sdk';

const KNOWN: ReadonlySet<string> = new Set<StopReason>([
  'end_turn',
  'tool_use',
  'max_tokens',
  'stop_sequence',
  'refusal',
  'pause_turn',
  'model_context_window_exceeded',
]);

/** Reads `stop_reason`. A word that is not known yet reads as the end of the turn and is kept as the raw word. */
export function decodeStopReason(wire: Json | undefined): { stop_reason: StopReason | null; raw_stop_reason?: string } {
  if (typeof wire !== 'string') return { stop_reason: null };
  if (KNOWN.has(wire)) return { stop_reason: wire as StopReason };
  return { stop_reason: 'end_turn', raw_stop_reason: wire };
}
