import type { CodecContext, ToolUseBlock } from '@claudex/sdk';
import { ClientCallIds, type ToolNames } from '@claudex/sdk/codec';
import type { ToolCall } from './tool-calls.ts';

/** Shown for a call without a name: the client answers that it has no such tool, and the model tries again. */
const NAMELESS_TOOL = 'unnamed_tool';

/** Makes the blocks of calls, under the ids and names that the client knows. */
export class CallBlocks {
  readonly #context: CodecContext;
  readonly #names: () => ToolNames;
  #ids: ClientCallIds | undefined;

  constructor(context: CodecContext, names: () => ToolNames) {
    this.#context = context;
    this.#names = names;
  }

  /**
   * Whether a call can be shown before its arguments come: its id is known, and its name is that of an offered tool and
   * the beginning of no other one's, so that nothing of either is still to come.
   */
  isNamed({ id, name }: ToolCall): boolean {
    return id !== '' && name !== '' && this.#names().has(name) && !this.#names().mayGrow(name);
  }

  /** The block of a call as it opens. Each call is asked for once. */
  open({ id, name }: ToolCall): ToolUseBlock {
    this.#ids ??= new ClientCallIds(this.#context);
    const clientName = name === '' ? NAMELESS_TOOL : this.#names().toClient(name);
    return { type: 'tool_use', id: this.#ids.issue(id), name: clientName, input: {} };
  }
}
