import type { CodecContext } from '@claudex/sdk';
import { LossLog, WireCallIds, toolNames, type ToolNames } from '@claudex/sdk/codec';

/** What every part of encoding one request shares. */
export interface Encoding {
  readonly context: CodecContext;
  readonly losses: LossLog;
  readonly names: ToolNames;
  readonly ids: WireCallIds;
}

/** Prepares the encoding of one request. */
export function startEncoding(context: CodecContext): Encoding {
  return {
    context,
    losses: new LossLog(),
    names: toolNames(context.request, context.quirks.toolNameMaxLength),
    ids: new WireCallIds(context.quirks.toolCallIdMaxLength),
  };
}
