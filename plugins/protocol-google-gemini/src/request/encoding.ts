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
import { isModern } from '../generation.ts';

/** Id of this protocol, under which its state is sealed. */
export const PROTOCOL_ID = 'google-gemini';

/** What every part of encoding one request shares. */
export interface Encoding {
  /** Its quirks are those that hold for this request. */
  readonly context: CodecContext;
  readonly losses: LossLog;
  readonly names: ToolNames;
  readonly ids: WireCallIds;
  /** Whose signatures may be handed back; `undefined` when nobody's. */
  readonly stateKey: StateKey | undefined;
  /** Names on the wire of tools that cannot be offered. Complete once the tools are encoded. */
  readonly unusableTools: Set<string>;
  /** Whether the model is one of Gemini 3 or later. */
  readonly isModern: boolean;
}

/** Prepares the encoding of one request. */
export function startEncoding(given: CodecContext): Encoding {
  const context = { ...given, quirks: quirksInForce(given) };
  return {
    context,
    losses: new LossLog(),
    names: toolNames(context.request, context.quirks.toolNameMaxLength),
    ids: new WireCallIds(context.quirks.toolCallIdMaxLength),
    stateKey: stateKey(PROTOCOL_ID, context),
    unusableTools: new Set(context.quarantinedTools),
    isModern: isModern(context.model),
  };
}
