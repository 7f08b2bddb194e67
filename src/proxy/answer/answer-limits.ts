import type { CanonicalEvent, Fault } from '@claudex/sdk';
import { limitFault } from './limit-fault.ts';

/** Most characters taken of the arguments of one tool call. */
const MAX_ARGUMENTS = 4 * 1024 * 1024;
/** Most blocks taken of one answer. */
const MAX_BLOCKS = 128;

/** Watches that an answer stays within what any real one needs, so that a broken upstream cannot fill the memory. */
export class AnswerLimits {
  #blocks = 0;
  #arguments = 0;

  /** The fault of the event that goes too far. */
  see(event: CanonicalEvent): Fault | undefined {
    if (event.type === 'content_block_start') {
      this.#blocks += 1;
      this.#arguments = 0;
      if (this.#blocks > MAX_BLOCKS) return limitFault(`The answer has more than ${MAX_BLOCKS} blocks.`);
    } else if (event.type === 'content_block_delta' && event.delta.type === 'input_json_delta') {
      this.#arguments += event.delta.partial_json.length;
      if (this.#arguments > MAX_ARGUMENTS) return limitFault('The arguments of a tool call are longer than 4 MiB.');
    }
    return undefined;
  }
}
