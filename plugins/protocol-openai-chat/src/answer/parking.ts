import { ReasoningState, type ReasoningField } from './reasoning-state.ts';
import type { ToolCall } from './tool-calls.ts';

type ParkedThinking = { kind: 'thinking'; text: string; readonly state: ReasoningState };

/** Something that waits until the call that is being written has ended. */
type Parked = { kind: 'text'; text: string } | ParkedThinking | { kind: 'tool'; readonly call: ToolCall };

/** What came while the block of a call was open, in order. */
export class Parking {
  readonly entries: Parked[] = [];
  readonly #calls = new Set<ToolCall>();

  /** Adds text. */
  text(text: string): void {
    const last = this.entries.at(-1);
    if (last?.kind === 'text') last.text += text;
    else this.entries.push({ kind: 'text', text });
  }

  /** Adds reasoning. */
  thinking(text: string, field: ReasoningField): void {
    const entry = this.#lastThinking();
    entry.text += text;
    entry.state.addText(text, field);
  }

  /** The state of the reasoning that came last; of one without text where something else did. */
  state(): ReasoningState {
    return this.#lastThinking().state;
  }

  /** Adds a call, which may go on growing. */
  call(call: ToolCall): void {
    if (this.#calls.has(call)) return;
    this.#calls.add(call);
    this.entries.push({ kind: 'tool', call });
  }

  #lastThinking(): ParkedThinking {
    const last = this.entries.at(-1);
    if (last?.kind === 'thinking') return last;
    const entry: ParkedThinking = { kind: 'thinking', text: '', state: new ReasoningState() };
    this.entries.push(entry);
    return entry;
  }
}
