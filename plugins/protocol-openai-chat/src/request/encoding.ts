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
import { CacheBreakpoints } from './cache-breakpoints.ts';

/** What every part of encoding one request shares. */
export interface Encoding {
  /** Its quirks are those that hold for this request. */
  readonly context: CodecContext;
  readonly losses: LossLog;
  readonly names: ToolNames;
  readonly ids: WireCallIds;
  readonly breakpoints: CacheBreakpoints;
  /** Whose reasoning may be handed back; `undefined` when nobody's. */
  readonly stateKey: StateKey | undefined;
  /** Names on the wire of tools that cannot be offered. Complete once the tools are encoded. */
  readonly unusableTools: Set<string>;
}

/** Prepares the encoding of one request. */
export function startEncoding(given: CodecContext): Encoding {
  const context = { ...given, quirks: quirksInForce(given) };
  const losses = new LossLog();
  return {
    context,
    losses,
    names: toolNames(context.request, context.quirks.toolNameMaxLength),
    ids: new WireCallIds(context.quirks.toolCallIdMaxLength),
    breakpoints: new CacheBreakpoints(context.quirks.cacheControl === true, losses),
    stateKey: stateKey('openai-chat', context),
    unusableTools: new Set(context.quarantinedTools),
  };
}
