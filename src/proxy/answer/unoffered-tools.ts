import type { CanonicalEvent, Loss } from '@claudex/sdk';
import type { Answering } from '../exchange.ts';

const CALLED: Loss = {
  kind: 'degraded',
  path: 'content',
  feature: 'unoffered_tool',
  reason: 'The model called a tool that it was not offered; the call is passed on as it is.',
};

/**
 * Notices calls of tools that the request did not offer. They are passed on under the name the model gave, never under
 * that of a real tool: the client refuses them, and the model learns. Of passed-on bytes the offer is not read.
 */
export class UnofferedTools {
  readonly #offered: ReadonlySet<string> | undefined;
  readonly #losses: Loss[];

  constructor({ passThrough, context, record }: Answering) {
    this.#offered = passThrough ? undefined : new Set(context.request.tools.map(({ name }) => name));
    this.#losses = record.losses;
  }

  see(event: CanonicalEvent): void {
    if (event.type !== 'content_block_start' || event.content_block.type !== 'tool_use') return;
    if (this.#offered && !this.#offered.has(event.content_block.name)) this.#losses.push(CALLED);
  }
}
