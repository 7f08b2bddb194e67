import type { CodecContext, ContentBlock } from '@claudex/sdk';
import { ClientCallIds } from '@claudex/sdk/codec';

/**
 * Keeps the ids of calls legal and unique in the conversation, where an imitating provider does not: clients keep only
 * one of two calls with one id. The vendor's own ids never change.
 */
export class CallIds {
  readonly #ids: ClientCallIds;
  /** New ids of calls that the provider answers itself, by their old ones. */
  readonly #renamed = new Map<string, string>();

  constructor(context: CodecContext) {
    this.#ids = new ClientCallIds(context);
  }

  /** The block with an id that the client can take. */
  settle<Block extends ContentBlock>(block: Block): Block {
    if (block.type === 'server_tool_result') {
      const id = this.#renamed.get(block.tool_use_id);
      return id === undefined ? block : { ...block, tool_use_id: id };
    }
    if (block.type !== 'tool_use' && block.type !== 'server_tool_use') return block;
    const id = this.#ids.issue(block.id);
    if (id === block.id) return block;
    if (block.type === 'server_tool_use') this.#renamed.set(block.id, id);
    return { ...block, id };
  }
}
