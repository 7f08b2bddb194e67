import type { BlockDelta, CanonicalEvent, OpeningBlock } from '../events.ts';

/** Which steps each type of block can grow by. */
const DELTAS_OF_BLOCK = {
  text: ['text_delta', 'citations_delta'],
  thinking: ['thinking_delta', 'signature_delta'],
  tool_use: ['input_json_delta'],
  server_tool_use: ['input_json_delta'],
  redacted_thinking: [],
  server_tool_result: [],
  opaque: [],
} as const satisfies Record<OpeningBlock['type'], readonly BlockDelta['type'][]>;

const TOOL_ID = /^[a-zA-Z0-9_-]{1,64}$/;

type Phase = 'before' | 'blocks' | 'delta-sent' | 'stopped' | 'failed';

/** The automaton of the grammar: which phase the message is in, which block is open, which index comes next. */
class GrammarCheck {
  readonly violations: string[] = [];
  #phase: Phase = 'before';
  #open: OpeningBlock | undefined;
  #nextIndex = 0;
  #signed = false;
  readonly #toolIds = new Set<string>();

  read(event: CanonicalEvent, position: number): void {
    const report = (problem: string): void =>
      void this.violations.push(`event ${position} (${event.type}): ${problem}`);
    if (this.#phase === 'failed') return report('comes after the error');
    switch (event.type) {
      case 'ping':
      case 'loss':
        return;
      case 'error':
        if (this.#phase === 'stopped') report('the message was complete already');
        this.#phase = 'failed';
        return;
      case 'message_start':
        return this.#move(report, 'before', 'blocks');
      case 'message_delta':
        if (this.#open !== undefined) report(`the ${this.#open.type} block is still open`);
        return this.#move(report, 'blocks', 'delta-sent');
      case 'message_stop':
        return this.#move(report, 'delta-sent', 'stopped');
      default:
        if (this.#phase !== 'blocks') report(`not allowed in phase "${this.#phase}"`);
        return this.#readBlockEvent(event, report);
    }
  }

  end(): void {
    if (this.#phase !== 'stopped' && this.#phase !== 'failed') {
      this.violations.push(`the stream ends in phase "${this.#phase}" without message_stop or error`);
    }
  }

  #move(report: (problem: string) => void, from: Phase, to: Phase): void {
    if (this.#phase !== from) report(`not allowed in phase "${this.#phase}"`);
    this.#phase = to;
  }

  #readBlockEvent(event: Extract<CanonicalEvent, { index: number }>, report: (problem: string) => void): void {
    if (event.type === 'content_block_start') {
      if (this.#open !== undefined) report(`the ${this.#open.type} block is still open`);
      if (event.index !== this.#nextIndex) report(`index ${event.index}, expected ${this.#nextIndex}`);
      this.#nextIndex = event.index + 1;
      this.#signed = false;
      this.#open = event.content_block;
      return this.#readOpening(event.content_block, report);
    }
    if (this.#open === undefined) return report('no block is open');
    if (event.index !== this.#nextIndex - 1) report(`index ${event.index}, but block ${this.#nextIndex - 1} is open`);
    if (event.type === 'content_block_stop') {
      this.#open = undefined;
      return;
    }
    const legal: readonly BlockDelta['type'][] = DELTAS_OF_BLOCK[this.#open.type];
    if (!legal.includes(event.delta.type)) report(`a ${event.delta.type} in a ${this.#open.type} block`);
    if (event.delta.type !== 'signature_delta') return;
    // Clients keep the last signature instead of joining the pieces.
    if (this.#signed) report('a second signature in one block');
    this.#signed = true;
  }

  #readOpening(block: OpeningBlock, report: (problem: string) => void): void {
    if (block.type === 'text' && block.text !== '') report('a text block opens with text in it');
    if (block.type === 'thinking' && (block.thinking !== '' || (block.signature ?? '') !== '')) {
      report('a thinking block opens with thinking or a signature in it');
    }
    if (block.type !== 'tool_use' && block.type !== 'server_tool_use') return;
    if (Object.keys(block.input).length > 0) report(`a ${block.type} block opens with input in it`);
    if (!TOOL_ID.test(block.id)) report(`the id ${JSON.stringify(block.id)} is not one a client can take`);
    if (this.#toolIds.has(block.id)) report(`the id ${block.id} is used twice`);
    this.#toolIds.add(block.id);
  }
}

/**
 * Every way in which a stream breaks the grammar of {@link CanonicalEvent}, as sentences; empty when it is sound.
 * A sound stream is complete or a proper prefix followed by exactly one `error`. Also reported: deltas that do not
 * fit their block, blocks that open with content in them, a signature in pieces, and tool ids that are illegal or used
 * twice.
 */
export function checkGrammar(events: Iterable<CanonicalEvent>): string[] {
  const check = new GrammarCheck();
  let position = 0;
  for (const event of events) {
    check.read(event, position);
    position += 1;
  }
  check.end();
  return check.violations;
}

/** Whether a sound stream says that the answer is complete, as opposed to one that ends with an error. */
export function isComplete(events: readonly CanonicalEvent[]): boolean {
  return events.some((event) => event.type === 'message_stop') && !events.some((event) => event.type === 'error');
}
