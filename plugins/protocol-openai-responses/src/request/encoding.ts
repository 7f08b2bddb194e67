import type { CodecContext } from '@claudex/sdk';
import {
  LossLog,
  WireCallIds,
  quirksInForce,
  stateKey,
  toolNames,
  type StateKey,
  type ToolNames,
} from '@claudex/sdk/codec';

/** What the provider wants back with a program. */
export interface ProgramState {
  readonly callId: string;
  readonly fingerprint: string;
}

/** What every part of encoding one request shares. */
export interface Encoding {
  /** Its quirks are those that hold for this request. */
  readonly context: CodecContext;
  readonly losses: LossLog;
  readonly names: ToolNames;
  readonly ids: WireCallIds;
  /** Under which the provider's own state is taken back; `undefined` when none is kept. */
  readonly stateKey: StateKey | undefined;
  /** Names on the wire of tools that cannot be offered. Complete once the tools are encoded. */
  readonly unusableTools: Set<string>;
  /** Programs of the model's own that the provider takes back, by their id as the client knows it. */
  readonly programs: Map<string, ProgramState>;
}

/** Prepares the encoding of one request. */
export function startEncoding(given: CodecContext): Encoding {
  const context = { ...given, quirks: quirksInForce(given) };
  return {
    context,
    losses: new LossLog(),
    names: toolNames(context.request, context.quirks.toolNameMaxLength),
    ids: new WireCallIds(context.quirks.toolCallIdMaxLength),
    stateKey: stateKey('openai-responses', context),
    unusableTools: new Set(context.quarantinedTools),
    programs: new Map(),
  };
}
