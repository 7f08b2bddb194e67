import type { ContentBlock, Quirks } from '@claudex/sdk';
import { WireCallIds } from '@claudex/sdk/codec';

/**
 * Writes the ids of calls in the history as the provider takes them: those who imitate the vendor may mint others, which
 * only they themselves take back. Ids stay as they are where nobody says that they may not.
 */
export function historyCallIds(quirks: Quirks): (block: ContentBlock) => ContentBlock {
  if (quirks.toolCallIdMaxLength === undefined && quirks.signedThinking !== true) return (block) => block;
  const wire = new WireCallIds(quirks.toolCallIdMaxLength);
  const issued = new Map<string, string>();
  const idFor = (id: string): string => {
    const known = issued.get(id) ?? wire.issue(id);
    issued.set(id, known);
    return known;
  };
  return (block) => {
    if (block.type === 'tool_use') return { ...block, id: idFor(block.id) };
    return block.type === 'tool_result' ? { ...block, tool_use_id: idFor(block.tool_use_id) } : block;
  };
}
